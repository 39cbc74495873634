package org.lapse.sessions.presence;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.User;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.changes.NumberedRows;
import org.lapse.platform.changes.NumberedTable;
import org.lapse.platform.database.RowLocks;

/** The presences of all users. */
@Singleton
@Transactional
class Presences implements NumberedRows {
    /** How many users one query names: databases limit the parameters. */
    private static final int IN_ONE_QUERY = 1000;

    private final EntityManager entities;

    private final Event<PresenceChanged> changed;
    private final ChangeNumbers numbers;

    @Inject
    Presences(EntityManager entities, Event<PresenceChanged> changed, ChangeNumbers numbers) {
        this.entities = entities;
        this.changed = changed;
        this.numbers = numbers;
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
        change(presence, next, message, numbers::next, now);
    }

    /** The same for one of several that were locked together. */
    void change(UserPresence presence, Availability next, @Nullable String message, LongSupplier number, Instant now) {
        boolean presenceMoves = presence.become(next.presence(), now);
        boolean messageMoves = message != null && presence.say(message, now);
        boolean statusMoves = presence.become(next.routingStatus(), now);
        if (presenceMoves || messageMoves || statusMoves) {
            long change = number.getAsLong();
            presence.changedBy(change, presenceMoves || messageMoves, statusMoves);
            changed.fire(PresenceChanged.of(presence, presenceMoves || messageMoves, statusMoves, change));
        }
    }

    /** One number for all that is changed together, taken with the first. */
    LongSupplier oneNumber() {
        AtomicLong taken = new AtomicLong();
        return () -> taken.updateAndGet(number -> number == 0 ? numbers.next() : number);
    }

    @Override
    public NumberedTable table() {
        return new NumberedTable("user_presence", "change_number");
    }

    /** Of several changes of one user in a moment the last is told, with all that has moved. */
    @Override
    public void tellOf(Collection<Long> missed) {
        List<UserPresence> found = entities.createQuery(
                        "select p from UserPresence p where p.changeNumber in :numbers", UserPresence.class)
                .setParameter("numbers", missed)
                .getResultList();
        found.forEach(presence -> changed.fire(PresenceChanged.of(
                presence,
                missed.contains(presence.presenceNumber()),
                missed.contains(presence.routingNumber()),
                presence.changeNumber())));
    }
}
