package org.lapse.oauth;

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
import org.lapse.ledger.TokenDigest;
import org.lapse.page.Unguessable;
import org.lapse.retention.Retention;
import org.lapse.retention.StillNeeded;
import org.lapse.session.Session;

/**
 * All refresh tokens: each is good once. A spent one that comes again within {@code lapse.refresh.reuse-grace} is taken
 * for the repetition of a request whose answer was lost; later, for theft.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2">RFC 9700, section 4.14.2</a>
 */
@Singleton
@Transactional
class RefreshTokens {
    private final EntityManager entities;
    private final Duration grace;

    @Produces
    static Retention retention() {
        return Retention.of("refresh tokens", RefreshToken.class, "e.expiresAt", Duration.ofDays(1));
    }

    @Produces
    static StillNeeded sessions() {
        return new StillNeeded(Session.class, RefreshToken.class, "sessionId");
    }

    @Inject
    RefreshTokens(
            EntityManager entities,
            @ConfigProperty(name = "lapse.refresh.reuse-grace", defaultValue = "PT10S") Duration grace) {
        this.entities = entities;
        this.grace = grace;
    }

    /** A new token of a session, which is over when the session is. */
    String issue(UUID sessionId, Instant authenticatedAt, Instant now, Instant expiresAt) {
        String token = Unguessable.next();
        entities.persist(new RefreshToken(TokenDigest.of(token), sessionId, authenticatedAt, now, expiresAt));
        return token;
    }

    /** The token, spent or not. */
    Optional<RefreshToken> find(String token) {
        return Optional.ofNullable(
                entities.find(RefreshToken.class, TokenDigest.of(token).bytes()));
    }

    /** Whether a token that was found has been spent before, so long ago that it must be in wrong hands. */
    boolean isStolen(RefreshToken token, Instant now) {
        return token.isStolen(grace, now);
    }

    /** Marks a token as spent; the first time counts. */
    void spend(String token, Instant now) {
        entities.createQuery(
                        "update RefreshToken r set r.spentAt = :now where r.digest = :digest and r.spentAt is null")
                .setParameter("now", now)
                .setParameter("digest", TokenDigest.of(token).bytes())
                .executeUpdate();
    }
}
