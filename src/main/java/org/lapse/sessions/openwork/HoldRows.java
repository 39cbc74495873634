package org.lapse.sessions.openwork;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Caller;
import org.lapse.platform.retention.Retention;
import org.lapse.platform.retention.StillNeeded;
import org.lapse.sessions.session.Session;

/** The holds in the database, inside the transaction of a use case. */
@Singleton
@Transactional(TxType.MANDATORY)
class HoldRows {
    private static final String IS_OPEN = " and h.endedAt is null and h.until > :now";

    private final EntityManager entities;
    private final Event<HoldEvent> events;

    @Produces
    static Retention retention() {
        return Retention.of("holds", Hold.class, "e.until", Duration.ofDays(1));
    }

    @Produces
    static StillNeeded sessions() {
        return new StillNeeded(Session.class, Hold.class, "sessionId");
    }

    @Inject
    HoldRows(EntityManager entities, Event<HoldEvent> events) {
        this.entities = entities;
        this.events = events;
    }

    Hold open(Hold hold, Instant now, @Nullable Caller by) {
        entities.persist(hold);
        events.fire(new HoldEvent.HoldOpened(hold, now, by));
        return hold;
    }

    /** Ends those that are still open. */
    void end(List<Hold> holds, Instant now, @Nullable Caller by) {
        for (Hold hold : holds) {
            Hold found = entities.find(Hold.class, hold.id());
            if (found != null && found.isOpen(now)) {
                found.end(now);
                events.fire(new HoldEvent.HoldEnded(found, now, by));
            }
        }
    }

    /** Ends the open holds of a user for that reason. */
    void endOfUser(UUID userId, String reason, Instant now) {
        for (Hold hold : open("h.userId = :id", userId, now).getResultList()) {
            if (hold.reason().equals(reason)) {
                hold.end(now);
                events.fire(new HoldEvent.HoldEnded(hold, now, null));
            }
        }
    }

    /** The open holds of one session, in the order in which they were opened. */
    List<Hold> openOfSession(UUID sessionId, Instant now) {
        return open("h.sessionId = :id", sessionId, now).getResultList();
    }

    /** The open holds of all of a user's sessions, in the order in which they were opened. */
    List<Hold> openOfUser(UUID userId, Instant now) {
        return open("h.userId = :id", userId, now).getResultList();
    }

    /** The hold of a session for that reason that is over last, or is open. */
    Optional<Hold> latestOfSession(UUID sessionId, String reason) {
        return entities.createQuery(
                        "select h from Hold h where h.sessionId = :id and h.reason = :reason"
                                + " order by coalesce(h.endedAt, h.until) desc",
                        Hold.class)
                .setParameter("id", sessionId)
                .setParameter("reason", reason)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** The hold of any session of a sign-in for that reason that is over last, or is open. */
    Optional<Hold> latestOfSignIn(UUID signInId, String reason) {
        return entities.createQuery(
                        "select h from Hold h join Session s on s.id = h.sessionId where s.signInId = :id"
                                + " and h.reason = :reason order by coalesce(h.endedAt, h.until) desc",
                        Hold.class)
                .setParameter("id", signInId)
                .setParameter("reason", reason)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    private TypedQuery<Hold> open(String whose, UUID id, Instant now) {
        return entities.createQuery(
                        "select h from Hold h where " + whose + IS_OPEN + " order by h.openedAt, h.id", Hold.class)
                .setParameter("id", id)
                .setParameter("now", now);
    }

    /**
     * When the last of the open holds is over that keep a session; empty if nothing does.
     *
     * @param userId the session's user; null for an application on its own
     */
    Optional<Instant> heldUntil(UUID sessionId, @Nullable UUID userId, Instant now) {
        TypedQuery<Instant> query = entities.createQuery(
                        "select h.until from Hold h where (h.sessionId = :session"
                                + (userId == null ? "" : " or h.userId = :user") + ")" + IS_OPEN
                                + " order by h.until desc",
                        Instant.class)
                .setParameter("session", sessionId)
                .setParameter("now", now)
                .setMaxResults(1);
        if (userId != null) {
            query.setParameter("user", userId);
        }
        return query.getResultStream().findFirst();
    }
}
