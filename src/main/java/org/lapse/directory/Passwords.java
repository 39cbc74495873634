package org.lapse.directory;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.api.ApiException;

/**
 * The hashing of passwords: Argon2id with 19 MiB, two passes and one lane.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">OWASP Password
 *     Storage Cheat Sheet</a>
 */
@Singleton
public class Passwords {
    private static final Argon2Function ARGON2ID = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

    /** NIST SP 800-63B section 3.1.1.2. */
    private static final int SHORTEST = 8;

    private static final int LONGEST = 256;

    private final String hashOfNobody = hash("the password that nobody has");

    private final Instance<PasswordRules> rules;

    @Inject
    Passwords(@Any Instance<PasswordRules> rules) {
        this.rules = rules;
    }

    /**
     * The hash of a password that somebody chooses.
     *
     * @param field where the password stands in the body
     * @throws ApiException 400 {@code invalid.password} where it is too short or too long, or where one of the
     *     {@link PasswordRules} objects
     */
    String hashChosen(String field, @Nullable String password, UUID organizationId) {
        if (password == null || lengthOf(password) < SHORTEST || lengthOf(password) > LONGEST) {
            throw ApiException.invalidPassword(
                    field, "A password has at least " + SHORTEST + " and at most " + LONGEST + " characters.");
        }
        rules.stream()
                .flatMap(rule -> rule.objection(organizationId, password).stream())
                .findFirst()
                .ifPresent(objection -> {
                    throw ApiException.invalidPassword(field, objection);
                });
        return hash(password);
    }

    private static int lengthOf(String password) {
        return password.codePointCount(0, password.length());
    }

    /** The hash of a password, with a salt of its own, in the PHC string format. */
    public String hash(String password) {
        return Password.hash(password).addRandomSalt(16).with(ARGON2ID).getResult();
    }

    /** Whether this is the password of that hash; never where there is no hash, after the same time. */
    boolean matches(String password, @Nullable String hash) {
        if (hash == null) {
            matchNobody(password);
            return false;
        }
        return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    }

    /** Spends the time of a check, so that an unknown name answers no sooner than a wrong password. */
    void matchNobody(String password) {
        Password.check(password, hashOfNobody).with(ARGON2ID);
    }
}
