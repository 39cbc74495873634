package org.lapse.session;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.application.ApplicationState;
import org.lapse.ledger.TokenDigest;
import org.lapse.retention.Retention;

/**
 * The sessions in the database, one at a time. Whatever unlocks or moves a session is one update with its conditions in
 * the {@code where}: of two nodes that both run it, one changes the row and fires the event, and the other learns that
 * there was nothing left to do. Every method is a transaction of its own.
 */
@Singleton
@Transactional(TxType.REQUIRES_NEW)
class SessionRows {
    private static final String HELD = "select s, u.username, u.enabled, a.state from Session s"
            + " join Application a on a.id = s.applicationId left join User u on u.id = s.userId";

    private final EntityManager entities;

    private final Event<SessionEvents> events;

    /** Whoever comes with the token of one that has been forgotten learns only that it is unknown. */
    @Produces
    static Retention retention(@ConfigProperty(name = "lapse.session.kept", defaultValue = "P30D") Duration kept) {
        return Retention.of("ended sessions", Session.class, "e.endedAt", kept);
    }

    @Inject
    SessionRows(EntityManager entities, Event<SessionEvents> events) {
        this.entities = entities;
        this.events = events;
    }

    void insert(Session session, Instant now) {
        entities.persist(session);
        tell(new SessionEvent.SessionOpened(SessionEvent.Subject.of(session), now));
    }

    Optional<Session> find(UUID sessionId) {
        return Optional.ofNullable(entities.find(Session.class, sessionId));
    }

    /** The sessions that have not ended, by one of their references; at most that many. */
    List<Session> live(Reference reference, Object id, int limit) {
        return entities.createQuery(
                        "select s from Session s where s." + reference.field + " = :id and s.state <> :ended",
                        Session.class)
                .setParameter("id", id)
                .setParameter("ended", SessionState.ENDED)
                .setMaxResults(limit)
                .getResultList();
    }

    /** A session with what is known of its holder at this moment. */
    Optional<Held> findHeld(UUID sessionId) {
        return entities.createQuery(HELD + " where s.id = :id", Held.class)
                .setParameter("id", sessionId)
                .getResultStream()
                .findFirst();
    }

    /**
     * Has the sessions of a user in other applications than that one know the password of that hash from now on, unless
     * they know an older one; and those in that application no other than the user's own.
     */
    @Transactional(TxType.MANDATORY)
    void keepPassword(UUID userId, String applicationId, String hash) {
        entities.createQuery("update Session s set s.knownPasswordHash = :hash where s.userId = :user"
                        + " and s.applicationId <> :application and s.state <> :ended and s.knownPasswordHash is null")
                .setParameter("hash", hash)
                .setParameter("user", userId)
                .setParameter("application", applicationId)
                .setParameter("ended", SessionState.ENDED)
                .executeUpdate();
        entities.createQuery("update Session s set s.knownPasswordHash = null where s.userId = :user"
                        + " and s.applicationId = :application and s.state <> :ended")
                .setParameter("user", userId)
                .setParameter("application", applicationId)
                .setParameter("ended", SessionState.ENDED)
                .executeUpdate();
    }

    /** Sets the hold of a session that is opened or unlocked in the present transaction. */
    @Transactional(TxType.MANDATORY)
    void holdFromTheStart(UUID sessionId, Instant until) {
        entities.createQuery("update Session s set s.heldUntil = :until where s.id = :id")
                .setParameter("until", until)
                .setParameter("id", sessionId)
                .executeUpdate();
    }

    /** Sets or takes away the hold of an active session; answers whether it was active. */
    boolean hold(UUID sessionId, @Nullable Instant until) {
        return entities.createQuery("update Session s set s.heldUntil = :until where s.id = :id and s.state = :active")
                        .setParameter("until", until)
                        .setParameter("id", sessionId)
                        .setParameter("active", SessionState.ACTIVE)
                        .executeUpdate()
                == 1;
    }

    /** By what sessions are looked up. */
    enum Reference {
        USER("userId"),
        APPLICATION("applicationId"),
        SIGN_IN("signInId");

        private final String field;

        Reference(String field) {
            this.field = field;
        }
    }

    /** Those of these sessions that have not ended. */
    List<Session> live(Collection<UUID> sessionIds) {
        return sessionIds.isEmpty()
                ? List.of()
                : entities.createQuery(
                                "select s from Session s where s.id in :ids and s.state <> :ended", Session.class)
                        .setParameter("ids", sessionIds)
                        .setParameter("ended", SessionState.ENDED)
                        .getResultList();
    }

    /** Resumes a session that is locked, or that should be and is not yet. */
    boolean unlock(Session session, Instant now) {
        boolean changed = entities.createQuery("update Session s set s.state = :active, s.lockedAt = null,"
                                + " s.lastActivityAt = :now, s.heldUntil = null, s.refusedUnlocks = 0, s.unlockNotBefore = null"
                                + " where s.id = :id and s.state <> :ended and s.expiresAt > :now")
                        .setParameter("active", SessionState.ACTIVE)
                        .setParameter("ended", SessionState.ENDED)
                        .setParameter("now", now)
                        .setParameter("id", session.id())
                        .executeUpdate()
                == 1;
        if (changed) {
            tell(new SessionEvent.SessionUnlocked(SessionEvent.Subject.of(session), now));
        }
        return changed;
    }

    /** Counts a refused re-login, makes the next one wait, and returns how many there were since the lock. */
    int refuseUnlock(UUID sessionId, Duration firstWait, Instant now) {
        Session session = entities.find(Session.class, sessionId, LockModeType.PESSIMISTIC_WRITE);
        int refused = session.refuseUnlock(firstWait.multipliedBy(1L << Math.min(session.refusedUnlocks(), 16)), now);
        tell(new SessionEvent.UnlockRefused(SessionEvent.Subject.of(session), now));
        return refused;
    }

    /**
     * Whether a session of that sign-in in that application lapsed at that moment or later: inactivity ended it, or
     * locked it and it has not been unlocked, whatever became of it then.
     */
    boolean hasLapsed(UUID signInId, String applicationId, Instant since) {
        return entities.createQuery(
                                "select count(s) from Session s where s.signInId = :signIn and s.applicationId = :application"
                                        + " and (s.endReason = :inactivity and s.endedAt >= :since or s.lockedAt >= :since)",
                                Long.class)
                        .setParameter("signIn", signInId)
                        .setParameter("application", applicationId)
                        .setParameter("inactivity", EndReason.INACTIVITY)
                        .setParameter("since", since)
                        .getSingleResult()
                > 0;
    }

    Optional<EndReason> lastEnd(UUID signInId, String applicationId) {
        return entities.createQuery(
                        "select s.endReason from Session s where s.signInId = :signIn and s.applicationId = :application"
                                + " and s.endedAt is not null order by s.endedAt desc",
                        EndReason.class)
                .setParameter("signIn", signInId)
                .setParameter("application", applicationId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** Gives a session that has not ended its next access token. */
    boolean giveToken(UUID sessionId, TokenDigest token, Instant tokenExpiresAt, Instant now) {
        Session session = entities.find(Session.class, sessionId, LockModeType.PESSIMISTIC_WRITE);
        if (session == null || session.state() != SessionState.ACTIVE || !now.isBefore(session.expiresAt())) {
            return false;
        }
        session.giveToken(token, tokenExpiresAt, now);
        return true;
    }

    /** A session together with what is known of its holder. */
    record Held(
            Session session,
            @Nullable String username,
            @Nullable Boolean userEnabled,
            ApplicationState applicationState) {
        /** Why it must end because of its holder, if it must. */
        Optional<EndReason> mustEnd() {
            if (applicationState != ApplicationState.ACTIVE) {
                return Optional.of(EndReason.APPLICATION_DISABLED);
            }
            return Boolean.FALSE.equals(userEnabled) ? Optional.of(EndReason.USER_DISABLED) : Optional.empty();
        }
    }

    /** Every session that has not ended and has an access token; read inside the caller's transaction. */
    @Transactional(TxType.MANDATORY)
    Stream<Held> liveWithHolders() {
        return entities.createQuery(HELD + " where s.state <> :ended and s.tokenDigest is not null", Held.class)
                .setParameter("ended", SessionState.ENDED)
                .setHint("org.hibernate.fetchSize", 1000)
                .setHint("org.hibernate.readOnly", true)
                .getResultStream()
                .map(this::detached);
    }

    /** Of a million sessions only the one that is looked at is in memory. */
    private Held detached(Held held) {
        entities.detach(held.session());
        return held;
    }

    private void tell(SessionEvent event) {
        events.fire(new SessionEvents(List.of(event)));
    }
}
