package org.lapse.sessions.session;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.engine.spi.EntityKey;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.ApplicationState;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.platform.changes.NumberedTable;
import org.lapse.platform.retention.Retention;
import org.lapse.sessions.ledger.TokenDigest;

/** The sessions in the database, read and locked inside the transaction of a use case. */
@Singleton
@Transactional(TxType.MANDATORY)
class SessionRows {
    /** The rows of sessions, by the number of the change that changed each last. */
    static final NumberedTable NUMBERED = new NumberedTable("session", "version");

    private static final String HELD = "select s, u.username, u.enabled, a.state from Session s"
            + " join Application a on a.id = s.applicationId left join User u on u.id = s.userId";

    private static final String LIVE_ID =
            "case when s.state <> org.lapse.sessions.session.SessionState.ENDED then s.id end";

    private static final String HISTORY = "select s.applicationId, s.state, " + LIVE_ID + ", max(s.lastActivityAt),"
            + " max(s.heldUntil),"
            + " max(case when s.lapsedAt is null and s.lockedAt is null then s.lastActivityAt end),"
            + " max(case when s.lapsedAt > :since then s.lastActivityAt end),"
            + " max(case when s.lapsedAt is null and s.lockedAt >= :since then s.lockedAt end)"
            + " from Session s where s.signInId = :signIn group by s.applicationId, s.state, " + LIVE_ID;

    private final EntityManager entities;

    /** Anybody who comes with the token of one that has been forgotten learns only that it is unknown. */
    @Produces
    static Retention retention(SessionRetention retention) {
        return Retention.of("ended sessions", Session.class, "e.endedAt", retention.kept());
    }

    @Inject
    SessionRows(EntityManager entities) {
        this.entities = entities;
    }

    void insert(Session session) {
        entities.persist(session);
    }

    Optional<Session> find(UUID sessionId) {
        return Optional.ofNullable(entities.find(Session.class, sessionId));
    }

    /** The session of that id as it is now, locked until the transaction ends; empty where it has ended. */
    Optional<Session> lock(UUID sessionId) {
        boolean readBefore = isManaged(sessionId);
        Optional<Session> locked = entities.createQuery(
                        "select s from Session s where s.id = :id and s.state <> :ended", Session.class)
                .setParameter("id", sessionId)
                .setParameter("ended", SessionState.ENDED)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
        if (readBefore) {
            locked.ifPresent(entities::refresh); // the query has locked the row and kept what was read
        }
        return locked.filter(session -> session.state() != SessionState.ENDED);
    }

    private boolean isManaged(UUID sessionId) {
        return entities.unwrap(org.hibernate.Session.class).getStatistics().getEntityKeys().stream()
                .anyMatch(key -> ((EntityKey) key).getIdentifier().equals(sessionId));
    }

    /** The sessions that have not ended, by one of their references. */
    List<Session> live(Reference reference, Object id) {
        return entities.createQuery(
                        "select s from Session s where s." + reference.field + " = :id and s.state <> :ended",
                        Session.class)
                .setParameter("id", id)
                .setParameter("ended", SessionState.ENDED)
                .getResultList();
    }

    /** How many sessions of a user have not ended: in all applications, and in that one. */
    Count countLive(UUID userId, String applicationId) {
        return entities.createQuery(
                        "select count(s), count(case when s.applicationId = :application then s.id end) from Session s"
                                + " where s.userId = :user and s.state in :live",
                        Count.class)
                .setParameter("user", userId)
                .setParameter("application", applicationId)
                .setParameter("live", SessionState.LIVE)
                .getSingleResult();
    }

    /** How many sessions a user has that have not ended: in all applications, and in one. */
    record Count(Long all, Long there) {}

    /** The sessions of a sign-in at a browser in an application that have not ended. */
    List<Session> live(UUID signInId, String applicationId) {
        return entities.createQuery(
                        "select s from Session s where s.signInId = :signIn and s.applicationId = :application"
                                + " and s.state <> :ended",
                        Session.class)
                .setParameter("signIn", signInId)
                .setParameter("application", applicationId)
                .setParameter("ended", SessionState.ENDED)
                .getResultList();
    }

    /** How many sessions of an application on its own have not ended. */
    long countLiveOfItself(String applicationId) {
        return entities.createQuery(
                        "select count(s) from Session s where s.applicationId = :id and s.userId is null"
                                + " and s.state in :live",
                        Long.class)
                .setParameter("id", applicationId)
                .setParameter("live", SessionState.LIVE)
                .getSingleResult();
    }

    /** When the first of the sessions that have not ended does so at the latest, by one of their references. */
    Optional<Instant> firstEnd(Reference reference, Object id) {
        return Optional.ofNullable(entities.createQuery(
                        "select min(s.expiresAt) from Session s where s." + reference.field
                                + " = :id and s.state in :live",
                        Instant.class)
                .setParameter("id", id)
                .setParameter("live", SessionState.LIVE)
                .getSingleResult());
    }

    /** The ids of the sessions that have not ended, by one of their references. */
    List<UUID> liveIds(Reference reference, Object id) {
        return entities.createQuery(
                        "select s.id from Session s where s." + reference.field + " = :id and s.state <> :ended",
                        UUID.class)
                .setParameter("id", id)
                .setParameter("ended", SessionState.ENDED)
                .getResultList();
    }

    /** The ids of a user's sessions in an application that have not ended. */
    List<UUID> liveIds(UUID userId, String applicationId) {
        return entities.createQuery(
                        "select s.id from Session s where s.userId = :user and s.applicationId = :application"
                                + " and s.state <> :ended",
                        UUID.class)
                .setParameter("user", userId)
                .setParameter("application", applicationId)
                .setParameter("ended", SessionState.ENDED)
                .getResultList();
    }

    /** The sessions that changes of those numbers changed last, with their holders. */
    List<Held> changedBy(Collection<Long> numbers) {
        return entities.createQuery(HELD + " where s.version in :numbers", Held.class)
                .setParameter("numbers", numbers)
                .getResultList();
    }

    /** These sessions with their holders, ended or not. */
    List<Held> held(Collection<UUID> sessionIds) {
        return sessionIds.isEmpty()
                ? List.of()
                : entities.createQuery(HELD + " where s.id in :ids", Held.class)
                        .setParameter("ids", sessionIds)
                        .getResultList();
    }

    /** The session that has not ended and has that access token, or had it before the present one, with its holder. */
    List<Held> heldByToken(TokenDigest token) {
        List<Held> present = heldBy("tokenDigest", token);
        return present.isEmpty() ? heldBy("formerTokenDigest", token) : present;
    }

    private List<Held> heldBy(String field, TokenDigest token) {
        return entities.createQuery(HELD + " where s." + field + " = :token and s.state <> :ended", Held.class)
                .setParameter("token", token.bytes())
                .setParameter("ended", SessionState.ENDED)
                .getResultList();
    }

    /**
     * Has the sessions of a user in other applications than that one know the password of that hash from now on, unless
     * they know an older one; and those in that application no other than the user's own.
     */
    void keepPassword(UUID userId, String applicationId, String hash) {
        lockOfUser(userId);
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

    /** Has the sessions of a user know no other password than the user's own. */
    void forgetPassword(UUID userId) {
        lockOfUser(userId);
        entities.createQuery("update Session s set s.knownPasswordHash = null where s.userId = :user"
                        + " and s.knownPasswordHash is not null and s.state <> :ended")
                .setParameter("user", userId)
                .setParameter("ended", SessionState.ENDED)
                .executeUpdate();
    }

    /** Locks a user's sessions in the order of their ids: an update locks in whatever order the database finds them. */
    private void lockOfUser(UUID userId) {
        entities.createQuery(
                        "select s.id from Session s where s.userId = :user and s.state <> :ended order by s.id",
                        UUID.class)
                .setParameter("user", userId)
                .setParameter("ended", SessionState.ENDED)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
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

    /**
     * What was done with the sessions of a sign-in: a part for each session that has not ended, and one for those of an
     * application that have.
     *
     * @param since when the password was given last
     */
    List<SignInHistory.Part> history(UUID signInId, Instant since) {
        return entities.createQuery(HISTORY, SignInHistory.Part.class)
                .setParameter("signIn", signInId)
                .setParameter("since", since)
                .getResultList();
    }

    Optional<Session> lastEnded(UUID signInId, String applicationId) {
        return entities.createQuery(
                        "select s from Session s where s.signInId = :signIn and s.applicationId = :application"
                                + " and s.endedAt is not null order by s.endedAt desc",
                        Session.class)
                .setParameter("signIn", signInId)
                .setParameter("application", applicationId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** A session together with what is known of its holder. */
    record Held(
            Session session,
            @Nullable String username,
            @Nullable Boolean userEnabled,
            ApplicationState applicationState) {
        /** To whom it was given and for what. */
        SessionPrincipal principal(Entitlements entitlements) {
            return new SessionPrincipal(
                    session.organizationId(),
                    session.applicationId(),
                    session.userId(),
                    username == null ? session.applicationId() : username,
                    entitlements,
                    session.tokenScope(),
                    session.audience());
        }

        /** Why it must end because of its holder, if it must. */
        Optional<EndReason> mustEnd() {
            if (applicationState != ApplicationState.ACTIVE) {
                return Optional.of(EndReason.APPLICATION_DISABLED);
            }
            return Boolean.FALSE.equals(userEnabled) ? Optional.of(EndReason.USER_DISABLED) : Optional.empty();
        }
    }

    /** Every session that has not ended and has an access token. */
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
}
