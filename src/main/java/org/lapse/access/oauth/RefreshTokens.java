package org.lapse.access.oauth;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.Authentication;
import org.lapse.organizations.authenticator.SecondFactorsRemoved;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.Unguessable;
import org.lapse.platform.retention.Retention;
import org.lapse.platform.retention.StillNeeded;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.Session;

/**
 * All refresh tokens: each is good once. A spent one that comes again within {@code lapse.refresh.reuse-grace} is taken
 * for the repetition of a request whose answer was lost, or for another tab that has the same token, and is given the
 * same successor. Later it is taken for theft.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2">RFC 9700, section 4.14.2</a>
 */
@Singleton
@Transactional(TxType.MANDATORY)
class RefreshTokens {
    private static final String SUCCESSOR = "successor";
    private static final String ACCESS = "access token";

    private final EntityManager entities;
    private final WallClock clock;
    private final Duration grace;

    @Produces
    static Retention retention() {
        return Retention.of("refresh tokens", StoredRefreshToken.class, "e.expiresAt", Duration.ofDays(1));
    }

    @Produces
    static StillNeeded sessions() {
        return new StillNeeded(Session.class, StoredRefreshToken.class, "sessionId");
    }

    @Inject
    RefreshTokens(
            EntityManager entities,
            WallClock clock,
            @ConfigProperty(name = "lapse.refresh.reuse-grace", defaultValue = "PT10S") Duration grace) {
        this.entities = entities;
        this.clock = clock;
        this.grace = grace;
    }

    /** A new token of a session, which is over when the session is. */
    String issue(UUID sessionId, Authentication authentication, Instant now, Instant expiresAt) {
        String token = Unguessable.next();
        insert(token, sessionId, authentication, now, expiresAt);
        return token;
    }

    /**
     * Spends a token that was found, and issues its successor. Where it is spent already, answers what was given for
     * it; and where that was used on since, for the last one that was spent.
     */
    Succession succeed(String token, StoredRefreshToken found, Instant now) {
        if (found.spentAt() == null) {
            found.spend(Unguessable.next().getBytes(StandardCharsets.US_ASCII), now);
            String next = found.derive(token, SUCCESSOR);
            insert(next, found.sessionId(), found.authentication(), now, found.expiresAt());
            return new Succession(next, found.derive(token, ACCESS), now);
        }
        String next = found.derive(token, SUCCESSOR);
        Optional<StoredRefreshToken> usedOn = find(next).filter(successor -> successor.spentAt() != null);
        return usedOn.isPresent()
                ? succeed(next, usedOn.get(), now)
                : new Succession(next, found.derive(token, ACCESS), found.spentAt());
    }

    /**
     * What is given for a refresh token.
     *
     * @param next its successor
     * @param accessTokenId the {@code jti} of the access token
     * @param at when it was spent, at which the access token is issued
     */
    record Succession(String next, String accessTokenId, Instant at) {
        @Override
        public String toString() {
            return "Succession[hidden]";
        }
    }

    /** Until when the access token stays good in whose place another one is given now, for calls that are under way. */
    Instant graceFrom(Instant now) {
        return now.plus(grace);
    }

    /**
     * No token of a user tells of two factors who has no second one any more. Of those that are spent only the ones are
     * looked at that may be repeated. Who removes factors has locked the user alone, and who refreshes shares that lock.
     */
    void forgetSecondFactors(@Observes SecondFactorsRemoved removed) {
        Instant now = clock.now();
        entities.createQuery(
                        "select t from StoredRefreshToken t join Session s on s.id = t.sessionId"
                                + " where s.userId = :user and t.twoFactorsAt is not null and t.expiresAt > :now"
                                + " and (t.spentAt is null or t.spentAt > :repeatable)",
                        StoredRefreshToken.class)
                .setParameter("user", removed.userId())
                .setParameter("now", now)
                .setParameter("repeatable", now.minus(grace))
                .getResultList()
                .forEach(StoredRefreshToken::forgetSecondFactor);
        entities.flush();
    }

    private void insert(String token, UUID sessionId, Authentication authentication, Instant now, Instant expiresAt) {
        entities.persist(new StoredRefreshToken(TokenDigest.of(token), sessionId, authentication, now, expiresAt));
    }

    /**
     * To whom a token was given, spent or not; empty where it is unknown. The row is read by {@link #find} once the
     * session is locked: somebody may spend the token before.
     */
    Optional<Given> given(String token) {
        return entities.createQuery(
                        "select s.id, s.applicationId, s.userId from StoredRefreshToken t"
                                + " join Session s on s.id = t.sessionId where t.digest = :digest",
                        Given.class)
                .setParameter("digest", TokenDigest.of(token).bytes())
                .getResultStream()
                .findFirst();
    }

    /**
     * To whom a refresh token was given.
     *
     * @param sessionId its session
     * @param applicationId the application of that session
     * @param userId its user
     */
    record Given(
            UUID sessionId, String applicationId, @Nullable UUID userId) {}

    /** The token, spent or not. */
    Optional<StoredRefreshToken> find(String token) {
        return Optional.ofNullable(
                entities.find(StoredRefreshToken.class, TokenDigest.of(token).bytes()));
    }

    /** Whether a token that was found has been spent before, so long ago that it must be in wrong hands. */
    boolean isStolen(StoredRefreshToken token, Instant now) {
        return token.isStolen(grace, now);
    }
}
