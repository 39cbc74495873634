package org.lapse.directory;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.inject.Singleton;

/**
 * The hashing of passwords: Argon2id with 19 MiB, two passes and one lane.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">OWASP Password
 *     Storage Cheat Sheet</a>
 */
@Singleton
public class Passwords {
    private static final Argon2Function ARGON2ID = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

    private final String hashOfNobody = hash("the password that nobody has");

    /** The hash of a password, with a salt of its own, in the PHC string format. */
    public String hash(String password) {
        return Password.hash(password).addRandomSalt(16).with(ARGON2ID).getResult();
    }

    boolean matches(String password, String hash) {
        return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    }

    /** Spends the time of a check, so that an unknown name answers no sooner than a wrong password. */
    void matchNobody(String password) {
        Password.check(password, hashOfNobody).with(ARGON2ID);
    }
}
