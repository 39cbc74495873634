package org.lapse.organizations.directory;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;

/**
 * The hashing of passwords: Argon2id with 19 MiB, two passes and one lane.
 *
 * <p>A hash takes a processor and 19 MiB for as long as it lasts, so only so many run at the same time; the others
 * wait.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">OWASP Password
 *     Storage Cheat Sheet</a>
 */
@Singleton
public class Passwords {
    private static final Argon2Function ARGON2ID = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

    private static final String HASH_OF_NOBODY = newHash("the password that nobody has");

    private final PasswordPolicy policy;
    private final PrioritySemaphore permits;
    private final Duration longestWait;

    @Inject
    Passwords(
            PasswordPolicy policy,
            @ConfigProperty(name = "lapse.password.hashes") Optional<Integer> hashes,
            @ConfigProperty(name = "lapse.password.waiting", defaultValue = "60") int mostWaiting,
            @ConfigProperty(name = "lapse.password.wait", defaultValue = "PT10S") Duration longestWait) {
        this(policy, new PrioritySemaphore(hashes.orElseGet(Passwords::allProcessorsButOne), mostWaiting), longestWait);
    }

    Passwords(PasswordPolicy policy, PrioritySemaphore permits, Duration longestWait) {
        this.policy = policy;
        this.permits = permits;
        this.longestWait = longestWait;
    }

    /** One is left to all that is not a password: hashes keep a processor busy for as long as somebody guesses. */
    private static int allProcessorsButOne() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }

    /**
     * The hash of a password that somebody chooses. It takes long, and so it is made before the transaction that stores
     * it.
     *
     * @param field where the password stands in the body
     * @param language of what is said where it is refused
     * @throws ApiException 400 {@code invalid.password} where the {@link PasswordPolicy} objects; 503 where too many
     *     others wait
     */
    @Transactional(TxType.NEVER)
    String hashChosen(String field, @Nullable String password, PasswordOwner owner, Locale language) {
        Chosen chosen = choose(password, owner);
        if (chosen instanceof Chosen.Refused refused) {
            throw ApiException.invalidPassword(field, refused.objection().message(language));
        }
        if (chosen instanceof Chosen.Hashed hashed) {
            return hashed.hash();
        }
        throw busy();
    }

    /** The same for those who answer otherwise than by an {@link ApiException}. */
    @Transactional(TxType.NEVER)
    Chosen choose(@Nullable String password, PasswordOwner owner) {
        Optional<PasswordObjection> objection = policy.objection(owner, password);
        if (objection.isPresent() || password == null) {
            return new Chosen.Refused(objection.orElseThrow());
        }
        if (!permits.tryAcquire(0, longestWait)) {
            return new Chosen.Busy();
        }
        try {
            return policy.isEasyToGuess(owner, password)
                    ? new Chosen.Refused(new PasswordObjection.EasyToGuess())
                    : new Chosen.Hashed(hash(password));
        } finally {
            permits.release();
        }
    }

    /** What became of a password that somebody chose. */
    sealed interface Chosen {
        /** It is good, and that is its hash. */
        record Hashed(String hash) implements Chosen {
            @Override
            public String toString() {
                return "Hashed[hidden]";
            }
        }

        /** It is not good enough. */
        record Refused(PasswordObjection objection) implements Chosen {}

        /** Too many others wait; nobody looked. */
        record Busy() implements Chosen {}
    }

    /** 503: there are more passwords to hash than this machine can. */
    public static ApiException busy() {
        return ApiException.serviceUnavailable(
                "Too many passwords are being checked: try again soon.", PasswordCheck.Busy.RETRY_AFTER.toSeconds());
    }

    /** The hash of a password, with a salt of its own, in the PHC string format; made at once, no matter who waits. */
    public String hash(String password) {
        return newHash(password);
    }

    private static String newHash(String password) {
        return Password.hash(password).addRandomSalt(16).with(ARGON2ID).getResult();
    }

    /**
     * Compares a password with a hash, as soon as it is its turn. Without a hash it takes the same time, so that an
     * unknown name answers no sooner than a wrong password.
     *
     * @param rank anybody who has a lower one comes first
     */
    Verification verify(String password, @Nullable String hash, int rank) {
        if (!permits.tryAcquire(rank, longestWait)) {
            return Verification.NOT_TRIED;
        }
        try {
            return matches(password, hash) ? Verification.MATCHES : Verification.DIFFERS;
        } finally {
            permits.release();
        }
    }

    boolean matches(String password, @Nullable String hash) {
        if (hash == null) {
            Password.check(password, HASH_OF_NOBODY).with(ARGON2ID);
            return false;
        }
        return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    }
}
