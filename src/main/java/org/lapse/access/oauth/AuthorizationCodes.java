package org.lapse.access.oauth;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.access.signin.SignIn;
import org.lapse.platform.page.Unguessable;
import org.lapse.platform.retention.Retention;
import org.lapse.platform.retention.StillNeeded;
import org.lapse.sessions.ledger.TokenDigest;

/**
 * All authorization codes: unguessable, known by their digests only, good for {@code lapse.code.lifetime} and once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2">RFC 6749, section 4.1.2</a>
 */
@Singleton
@Transactional
class AuthorizationCodes {
    /** For how long after its end the reuse of a code is noticed. */
    private static final Duration REUSE_NOTICED = Duration.ofDays(1);

    private final EntityManager entities;
    private final Duration lifetime;

    @Produces
    static Retention retention() {
        return Retention.of("authorization codes", StoredAuthorizationCode.class, "e.expiresAt", REUSE_NOTICED);
    }

    @Produces
    static StillNeeded signIns() {
        return new StillNeeded(SignIn.class, StoredAuthorizationCode.class, "signInId");
    }

    @Inject
    AuthorizationCodes(
            EntityManager entities,
            @ConfigProperty(name = "lapse.code.lifetime", defaultValue = "PT1M") Duration lifetime) {
        this.entities = entities;
        this.lifetime = lifetime;
    }

    /** A new code for what an application asked of the user of a sign-in. */
    String issue(AuthorizationCall call, SignIn signIn, Instant now) {
        String code = Unguessable.next();
        entities.persist(new StoredAuthorizationCode(TokenDigest.of(code), call, signIn, now.plus(lifetime)));
        return code;
    }

    /** The code, redeemed or not; empty where it is unknown, or was given to another client. */
    Optional<StoredAuthorizationCode> find(String code, String clientId) {
        return Optional.ofNullable(entities.find(
                        StoredAuthorizationCode.class, TokenDigest.of(code).bytes()))
                .filter(found -> found.wasGivenTo(clientId));
    }

    /**
     * Redeems a code: of all who try, at once or later, one client succeeds.
     *
     * @param sessionId the session that is going to be opened for it
     */
    Redemption redeem(String code, CodeProof proof, UUID sessionId, Instant now) {
        StoredAuthorizationCode found = entities.find(
                StoredAuthorizationCode.class, TokenDigest.of(code).bytes());
        if (found == null || !found.wasGivenTo(proof.clientId())) {
            return new Redemption.Refused("The code is unknown.");
        }
        if (found.sessionId().isEmpty()) {
            Optional<String> objection = found.objection(proof, now);
            if (objection.isPresent()) {
                return new Redemption.Refused(objection.get());
            }
            if (markRedeemed(code, sessionId, now)) {
                return new Redemption.Granted(found);
            }
            entities.detach(found);
            found = entities.find(
                    StoredAuthorizationCode.class, TokenDigest.of(code).bytes());
            if (found == null) {
                return new Redemption.Refused("The code is unknown."); // it was withdrawn meanwhile
            }
        }
        return new Redemption.Replayed(found.sessionId().orElseThrow());
    }

    /** Takes back the codes for a user that an application has not redeemed yet. */
    void withdraw(UUID userId, String applicationId) {
        entities.createQuery("delete from StoredAuthorizationCode c where c.userId = :user"
                        + " and c.applicationId = :application and c.redeemedAt is null")
                .setParameter("user", userId)
                .setParameter("application", applicationId)
                .executeUpdate();
    }

    /** Takes back all codes that an application has not redeemed yet. */
    void withdraw(String applicationId) {
        entities.createQuery("delete from StoredAuthorizationCode c where c.applicationId = :application"
                        + " and c.redeemedAt is null")
                .setParameter("application", applicationId)
                .executeUpdate();
    }

    private boolean markRedeemed(String code, UUID sessionId, Instant now) {
        return entities.createQuery("update StoredAuthorizationCode c set c.redeemedAt = :now, c.sessionId = :session"
                                + " where c.digest = :digest and c.redeemedAt is null")
                        .setParameter("now", now)
                        .setParameter("session", sessionId)
                        .setParameter("digest", TokenDigest.of(code).bytes())
                        .executeUpdate()
                == 1;
    }

    /** What became of an attempt to redeem a code. */
    sealed interface Redemption {
        /** It was good, and is not any more. */
        record Granted(StoredAuthorizationCode code) implements Redemption {}

        /** It is not good for this client. */
        record Refused(String reason) implements Redemption {}

        /** It was redeemed before, and opened that session, which must end now. */
        record Replayed(UUID sessionId) implements Redemption {}
    }
}
