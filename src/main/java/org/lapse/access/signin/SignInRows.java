package org.lapse.access.signin;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.User;
import org.lapse.platform.database.RowLocks;
import org.lapse.platform.retention.Retention;
import org.lapse.platform.retention.StillNeeded;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionRetention;

/** The sign-ins in the database. */
@Singleton
@Transactional
class SignInRows {
    private final EntityManager entities;

    @Produces
    static Retention retention(SessionRetention retention) {
        return Retention.of(
                "sign-ins that are over", SignIn.class, "coalesce(e.endedAt, e.expiresAt)", retention.kept());
    }

    @Produces
    static StillNeeded signIns() {
        return new StillNeeded(SignIn.class, Session.class, "signInId");
    }

    @Inject
    SignInRows(EntityManager entities) {
        this.entities = entities;
    }

    Optional<SignIn> findByCookie(byte[] cookieDigest) {
        return entities.createQuery("select s from SignIn s where s.cookieDigest = :digest", SignIn.class)
                .setParameter("digest", cookieDigest)
                .getResultStream()
                .findFirst();
    }

    /**
     * The sign-ins of the browser that had or has a cookie, those that are over left out: there is one, unless another
     * is being made. They are found by the cookie before too, if that was replaced after a moment.
     */
    List<SignIn> findOfBrowser(byte[] cookieDigest, Instant replacedAfter, Instant now) {
        return entities.createQuery(
                        "select s from SignIn s where s.endedAt is null and s.expiresAt > :now"
                                + " and (s.cookieDigest = :digest"
                                + " or (s.formerCookieDigest = :digest and s.authenticatedAt > :after))"
                                + " order by s.authenticatedAt desc, s.id",
                        SignIn.class)
                .setParameter("digest", cookieDigest)
                .setParameter("after", replacedAfter)
                .setParameter("now", now)
                .getResultList();
    }

    /**
     * A new sign-in.
     *
     * @param formerDigest the cookie that the browser had before; null where it had none
     */
    SignIn insert(
            User user,
            byte[] cookieDigest,
            byte @Nullable [] formerDigest,
            Authentication authentication,
            Instant expiresAt,
            @Nullable String address,
            @Nullable String browser) {
        SignIn signIn = new SignIn(
                user.organizationId(),
                user.id(),
                cookieDigest,
                formerDigest,
                authentication,
                expiresAt,
                address,
                browser);
        entities.persist(signIn);
        return signIn;
    }

    /** The sign-ins of these ids, over or not. */
    List<SignIn> find(Collection<UUID> signInIds) {
        return signInIds.isEmpty()
                ? List.of()
                : entities.createQuery("select s from SignIn s where s.id in :ids", SignIn.class)
                        .setParameter("ids", signInIds)
                        .getResultList();
    }

    /** Ends the sign-ins of a user that are not over. */
    void endOfUser(UUID userId, Instant now) {
        entities.createQuery("update SignIn s set s.endedAt = :now where s.userId = :user and s.endedAt is null")
                .setParameter("now", now)
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** Ends the sign-ins of a user that are not over, but one. */
    void endOthersOfUser(UUID userId, UUID keptId, Instant now) {
        entities.createQuery("update SignIn s set s.endedAt = :now"
                        + " where s.userId = :user and s.endedAt is null and s.id <> :kept")
                .setParameter("now", now)
                .setParameter("user", userId)
                .setParameter("kept", keptId)
                .executeUpdate();
    }

    /** All sign-ins of a user that count for two factors, over or not, locked until the transaction ends. */
    List<SignIn> lockTwoFactorsOfUser(UUID userId) {
        return entities.createQuery(
                        "select s from SignIn s where s.userId = :user and s.twoFactorsAt is not null order by s.id",
                        SignIn.class)
                .setParameter("user", userId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    /**
     * Locks a sign-in, together with others who do so, until the transaction ends.
     *
     * @return what counts as proved in it; empty where it is over
     */
    Optional<Authentication> lockLive(UUID signInId, Instant now) {
        return entities.createQuery(
                        "select s.authenticatedAt, s.authenticationMethods, s.twoFactorsAt from SignIn s"
                                + " where s.id = :id and s.endedAt is null and s.expiresAt > :now",
                        Object[].class)
                .setParameter("id", signInId)
                .setParameter("now", now)
                .setLockMode(LockModeType.PESSIMISTIC_READ)
                .getResultStream()
                .findFirst()
                .map(row -> Authentication.stored((Instant) row[0], (String) row[1], (Instant) row[2]));
    }

    /** Changes a sign-in that is not over; answers it as it is now. */
    Optional<SignIn> change(UUID signInId, Instant now, Consumer<SignIn> change) {
        SignIn signIn = RowLocks.find(entities, SignIn.class, signInId, LockModeType.PESSIMISTIC_WRITE)
                .orElse(null);
        if (signIn == null) {
            return Optional.empty();
        }
        if (signIn.isOver(now)) {
            return Optional.empty();
        }
        change.accept(signIn);
        return Optional.of(signIn);
    }
}
