package org.lapse.organizations.authenticator;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.User;
import org.lapse.platform.database.RowLocks;
import org.lapse.platform.page.Brand;

/**
 * The codes of all users, those of authenticator apps and recovery codes. Each is good once: checking a code and using
 * it up are one transaction, in which guesses at the same user's codes wait for each other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6238#section-5.2">RFC 6238, section 5.2</a>
 */
@Singleton
@Transactional
public class OneTimeCodes {
    /** RFC 4226 section 4: the length of a secret that is recommended. */
    private static final int SECRET_BYTES = 20;

    /** For how long a secret waits for the code that confirms it. */
    private static final Duration TIME_TO_CONFIRM = Duration.ofMinutes(15);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final EntityManager entities;
    private final EncryptedSecrets secrets;
    private final RecoveryCodes recoveryCodes;
    private final Event<AuthenticatorEvent> events;
    private final String issuer;

    @Inject
    OneTimeCodes(
            EntityManager entities,
            EncryptedSecrets secrets,
            RecoveryCodes recoveryCodes,
            Event<AuthenticatorEvent> events,
            Brand brand) {
        this.entities = entities;
        this.secrets = secrets;
        this.recoveryCodes = recoveryCodes;
        this.events = events;
        this.issuer = brand.name();
    }

    /**
     * Checks a code of a user's authenticator app, or a recovery code, and uses it up. A wrong one counts, and slows the
     * next one down.
     *
     * @param applicationId to which application the user signs in; null where that does not exist yet
     */
    public CodeCheck check(User user, @Nullable String applicationId, String typed, Instant now) {
        CodeGuess guess = lockGuess(user.id(), now);
        Duration wait = guess.remainingWait(now);
        if (!wait.isZero()) {
            return new CodeCheck.Throttled(wait);
        }
        Factor factor = RecoveryCodes.hasForm(typed) ? Factor.RECOVERY_CODE : Factor.TOTP;
        boolean right = factor == Factor.RECOVERY_CODE
                ? recoveryCodes.use(user.id(), typed, now)
                : useTimeStep(user.id(), typed, now);
        if (right) {
            guess.clear(now);
        } else {
            guess.fail(now);
        }
        tell(user, applicationId, right ? AuthenticatorEvent.Kind.USE : AuthenticatorEvent.Kind.REFUSE, factor, now);
        return right ? new CodeCheck.Right(factor) : new CodeCheck.Wrong();
    }

    private boolean useTimeStep(UUID userId, String typed, Instant now) {
        TotpAuthenticator app = lock(userId).orElse(null);
        if (app == null || app.secret().isEmpty()) {
            return false;
        }
        OptionalLong step =
                TimeBasedCode.timeStep(secrets.read(userId, app.secret().get()), typed, now);
        return step.isPresent() && app.use(step.getAsLong());
    }

    /**
     * A new secret for the user's authenticator app, which counts once a code has {@linkplain #confirm confirmed} it.
     * What is in use stays so until then. It takes the place of one that somebody else has begun.
     *
     * @param holder who begins: a session, or a browser at its second step
     */
    Enrolment begin(User user, String holder, Instant now) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        Instant until = now.plus(TIME_TO_CONFIRM);
        lockOrInsert(user.id()).begin(secrets.write(user.id(), secret), holder, until);
        return enrolment(user, secret);
    }

    /**
     * The secret that waits to be confirmed, or a new one: a page that is shown again shows the same. Nobody is shown
     * what another has begun, who may be a thief with the password.
     *
     * @param holder who asks: a session, or a browser at its second step
     */
    public Enrolment beginUnlessBegun(User user, String holder, Instant now) {
        return lock(user.id())
                .flatMap(app -> app.pendingSecret(holder, now))
                .map(stored -> enrolment(user, secrets.read(user.id(), stored)))
                .orElseGet(() -> begin(user, holder, now));
    }

    /**
     * Whether the code shows that the app has the new secret, which is the user's from then on.
     *
     * @param holder who has begun it
     * @param applicationId through which application
     */
    public boolean confirm(User user, String holder, @Nullable String applicationId, String typed, Instant now) {
        TotpAuthenticator app = lock(user.id()).orElse(null);
        Optional<String> pending = app == null ? Optional.empty() : app.pendingSecret(holder, now);
        if (app == null || pending.isEmpty()) {
            return false;
        }
        OptionalLong step = TimeBasedCode.timeStep(secrets.read(user.id(), pending.get()), typed, now);
        if (step.isEmpty()) {
            return false;
        }
        app.confirm(step.getAsLong(), now);
        tell(user, applicationId, AuthenticatorEvent.Kind.ENROLL, Factor.TOTP, now);
        return true;
    }

    /** Whether a code has confirmed an app of the user's, and when. */
    Optional<Instant> confirmedAt(UUID userId) {
        return Optional.ofNullable(entities.find(TotpAuthenticator.class, userId))
                .map(TotpAuthenticator::confirmedAt);
    }

    /** Forgets the user's app; false where there was none in use. */
    boolean delete(UUID userId) {
        TotpAuthenticator app = lock(userId).orElse(null);
        if (app == null) {
            return false;
        }
        entities.remove(app);
        return app.secret().isPresent();
    }

    /**
     * New recovery codes in the place of all that the user had, shown this once.
     *
     * @param applicationId through which application
     */
    public List<String> replaceRecoveryCodes(User user, @Nullable String applicationId, Instant now) {
        tell(user, applicationId, AuthenticatorEvent.Kind.ENROLL, Factor.RECOVERY_CODE, now);
        return recoveryCodes.replace(user.id(), now);
    }

    /** The user has proved who they are otherwise: wrong codes count from the beginning. */
    void forgetGuesses(UUID userId) {
        entities.createQuery("delete from CodeGuess g where g.userId = :user")
                .setParameter("user", userId)
                .executeUpdate();
    }

    private Enrolment enrolment(User user, byte[] secret) {
        String text = Base32.encode(secret);
        String label = encoded(issuer) + ":" + encoded(user.username());
        return new Enrolment(
                text,
                "otpauth://totp/" + label + "?secret=" + text + "&issuer=" + encoded(issuer)
                        + "&algorithm=SHA1&digits=" + TimeBasedCode.DIGITS + "&period="
                        + TimeBasedCode.STEP.toSeconds());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void tell(
            User user, @Nullable String applicationId, AuthenticatorEvent.Kind kind, Factor factor, Instant now) {
        events.fire(new AuthenticatorEvent(user.organizationId(), user.id(), applicationId, kind, factor, null, now));
    }

    private Optional<TotpAuthenticator> lock(UUID userId) {
        return RowLocks.find(entities, TotpAuthenticator.class, userId, LockModeType.PESSIMISTIC_WRITE);
    }

    private TotpAuthenticator lockOrInsert(UUID userId) {
        return lock(userId).orElseGet(() -> {
            entities.createNativeQuery("insert into totp_authenticator (user_id, last_time_step) values (?1, 0)"
                            + " on conflict do nothing")
                    .setParameter(1, userId)
                    .executeUpdate();
            return lock(userId).orElseThrow(() -> new IllegalStateException("A row was removed as it was made"));
        });
    }

    private CodeGuess lockGuess(UUID userId, Instant now) {
        return findGuess(userId).orElseGet(() -> {
            entities.createNativeQuery("insert into code_guess (user_id, failures, blocked_until) values (?1, 0, ?2)"
                            + " on conflict do nothing")
                    .setParameter(1, userId)
                    .setParameter(2, now)
                    .executeUpdate();
            return findGuess(userId).orElseThrow(() -> new IllegalStateException("A row was removed as it was made"));
        });
    }

    private Optional<CodeGuess> findGuess(UUID userId) {
        return RowLocks.find(entities, CodeGuess.class, userId, LockModeType.PESSIMISTIC_WRITE);
    }

    /**
     * What an authenticator app is set up with.
     *
     * @param secret the secret in Base32, for people to type
     * @param uri the same as an address, for the app to open or to read from a picture
     * @see <a href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format">Key URI Format</a>
     */
    public record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[hidden]";
        }
    }
}
