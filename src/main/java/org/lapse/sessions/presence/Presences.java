package org.lapse.sessions.presence;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.User;
import org.lapse.platform.database.RowLocks;

/** The presences of all users. */
@Singleton
@Transactional
class Presences {
    /** How many users one query names: databases limit the parameters. */
    private static final int IN_ONE_QUERY = 1000;

    private final EntityManager entities;

    private final Event<PresenceChanged> changed;

    /** Counts them while the row is locked, so that of two changes of one user the later has the higher number. */
    private final AtomicLong changes = new AtomicLong();

    @Inject
    Presences(EntityManager entities, Event<PresenceChanged> changed) {
        this.entities = entities;
        this.changed = changed;
    }

    /** The presence of a user, to be looked at. */
    UserPresence of(User user) {
        UserPresence chosen = entities.find(UserPresence.class, user.id());
        return chosen == null ? new UserPresence(user) : chosen;
    }

    /** The presence of a user, to be changed: nobody else changes it until this transaction is over. */
    UserPresence lock(User user) {
        UserPresence unchosen = new UserPresence(user);
        entities.createNativeQuery(
                        "insert into user_presence (user_id, organization_id, presence, modified_at,"
                                + " routing_status, routing_status_since) values (?1, ?2, ?3, ?4, ?5, ?6) on conflict do nothing")
                .setParameter(1, unchosen.userId())
                .setParameter(2, unchosen.organizationId())
                .setParameter(3, unchosen.availability().presence().name())
                .setParameter(4, unchosen.modifiedAt())
                .setParameter(5, unchosen.availability().routingStatus().name())
                .setParameter(6, unchosen.routingStatusSince())
                .executeUpdate();
        return RowLocks.find(entities, UserPresence.class, user.id(), LockModeType.PESSIMISTIC_WRITE)
                .orElseThrow();
    }

    /**
     * The presences of those among these users who are not Offline, to be changed. They are locked in the order of
     * their ids, so that two who lock several never wait for each other.
     */
    List<UserPresence> lockShown(Set<UUID> userIds) {
        List<UUID> inOrder = userIds.stream().sorted(RowLocks.ORDER).toList();
        List<UserPresence> shown = new ArrayList<>();
        for (int from = 0; from < inOrder.size(); from += IN_ONE_QUERY) {
            shown.addAll(entities.createQuery(
                            "select p from UserPresence p where p.userId in :ids and p.presence <> :offline"
                                    + " order by p.userId",
                            UserPresence.class)
                    .setParameter("ids", inOrder.subList(from, Math.min(from + IN_ONE_QUERY, inOrder.size())))
                    .setParameter("offline", SystemPresence.OFFLINE)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getResultList());
        }
        return shown;
    }

    /**
     * Changes a presence that is locked, and with it the routing status: every change of either comes through here.
     *
     * @param message what the user says besides from now on; an empty one takes it away, null leaves it as it is
     */
    void change(UserPresence presence, Availability next, @Nullable String message, Instant now) {
        boolean presenceMoves = presence.become(next.presence(), now);
        boolean messageMoves = message != null && presence.say(message, now);
        boolean statusMoves = presence.become(next.routingStatus(), now);
        if (presenceMoves || messageMoves || statusMoves) {
            changed.fire(PresenceChanged.of(
                    presence, presenceMoves || messageMoves, statusMoves, changes.incrementAndGet()));
        }
    }
}
