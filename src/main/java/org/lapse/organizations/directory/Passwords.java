package org.lapse.organizations.directory;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
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

    /** NIST SP 800-63B section 3.1.1.2. */
    private static final int SHORTEST = 8;

    private static final int LONGEST = 256;

    private final String hashOfNobody = hash("the password that nobody has");

    private final Instance<PasswordRules> rules;
    private final PrioritySemaphore permits;
    private final Duration longestWait;

    @Inject
    Passwords(
            @Any Instance<PasswordRules> rules,
            @ConfigProperty(name = "lapse.password.hashes") Optional<Integer> hashes,
            @ConfigProperty(name = "lapse.password.waiting", defaultValue = "60") int mostWaiting,
            @ConfigProperty(name = "lapse.password.wait", defaultValue = "PT10S") Duration longestWait) {
        this(rules, new PrioritySemaphore(hashes.orElseGet(Passwords::allProcessorsButOne), mostWaiting), longestWait);
    }

    Passwords(Instance<PasswordRules> rules, PrioritySemaphore permits, Duration longestWait) {
        this.rules = rules;
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
     * @throws ApiException 400 {@code invalid.password} where it is too short or too long, or where one of the
     *     {@link PasswordRules} objects; 503 where too many others wait
     */
    @Transactional(TxType.NEVER)
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
        if (!permits.tryAcquire(0, longestWait)) {
            throw busy();
        }
        try {
            return hash(password);
        } finally {
            permits.release();
        }
    }

    /** 503: there are more passwords to hash than this machine can. */
    public static ApiException busy() {
        return ApiException.serviceUnavailable(
                "Too many passwords are being checked: try again soon.", PasswordCheck.Busy.RETRY_AFTER.toSeconds());
    }

    private static int lengthOf(String password) {
        return password.codePointCount(0, password.length());
    }

    /** The hash of a password, with a salt of its own, in the PHC string format; made at once, no matter who waits. */
    public String hash(String password) {
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

    private boolean matches(String password, @Nullable String hash) {
        if (hash == null) {
            Password.check(password, hashOfNobody).with(ARGON2ID);
            return false;
        }
        return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    }
}
