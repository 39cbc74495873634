package org.lapse.sessions.session;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.database.RowLocks;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.LockReason;
import org.lapse.sessions.ledger.PassedDeadline;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.nodes.OtherNodes;
import org.lapse.sessions.nodes.ThisNode;

/**
 * What happens in the database to many sessions at once, in a few statements whatever their number. What ends or locks
 * sessions locks their rows first, in the order of their ids, so that two who do so never wait for each other; then
 * those that are as they must be are changed, and the rest stay what somebody else has made of them.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class SessionBatches {
    /** How many sessions one transaction changes: what is more belongs into several. */
    static final int SIZE = 1000;

    private static final String END = "state = 'ENDED', end_reason = :reason, ended_at = :now,"
            + " known_password_hash = null, version = :number";

    private static final String LOCK = "state = 'LOCKED', locked_at = :now, held_until = null,"
            + " refused_unlocks = 0, unlock_not_before = null, version = :number";

    private final EntityManager entities;

    private final SessionLedger<SessionPrincipal> ledger;
    private final ChangeNumbers numbers;
    private final ThisNode node;
    private final WriteTolerance tolerance;
    private final WrittenUseRows writtenUses;
    private final CertainLapses certainLapses;
    private final Event<SessionEvents> events;
    private final Event<SessionsChanged> changed;

    @Inject
    SessionBatches(
            EntityManager entities,
            SessionLedger<SessionPrincipal> ledger,
            ChangeNumbers numbers,
            ThisNode node,
            WriteTolerance tolerance,
            WrittenUseRows writtenUses,
            CertainLapses certainLapses,
            Event<SessionEvents> events,
            Event<SessionsChanged> changed) {
        this.entities = entities;
        this.ledger = ledger;
        this.numbers = numbers;
        this.node = node;
        this.tolerance = tolerance;
        this.writtenUses = writtenUses;
        this.certainLapses = certainLapses;
        this.events = events;
        this.changed = changed;
    }

    /** As many batches as it takes for so many sessions. */
    static <E> List<List<E>> of(List<E> sessions) {
        return IntStream.iterate(0, from -> from < sessions.size(), from -> from + SIZE)
                .mapToObj(from -> sessions.subList(from, Math.min(from + SIZE, sessions.size())))
                .toList();
    }

    /** Ends those that have not ended yet, and answers how many; the rest were ended by somebody else. */
    int end(Collection<UUID> sessionIds, EndReason reason, Instant now) {
        int ended = 0;
        for (List<UUID> batch :
                of(sessionIds.stream().sorted(RowLocks.ORDER).distinct().toList())) {
            List<Row<UUID>> rows = lockRows(batch, Function.identity());
            writeActivity(rows.stream()
                    .flatMap(row -> ledger.find(row.session).stream()
                            .filter(live -> row.lastActivityAt.isBefore(live.lastActivity())))
                    .collect(Collectors.toMap(Function.identity(), LiveSession::lastActivity)));
            writeEnd(ids(rows, Row::session), reason, now);
            tell(
                    rows,
                    row -> new SessionEvent.SessionEnded(
                            row.subject, now, reason, null, row.lastActivity(inLedger(row.session))));
            ended += rows.size();
        }
        return ended;
    }

    /** Ends sessions whose life was over while no access token of theirs was alive; returns how many at most. */
    int endForgotten(Instant now, int limit) {
        List<UUID> forgotten = entities.createQuery(
                        "select s.id from Session s where s.state in (:active, :locked) and s.expiresAt <= :now",
                        UUID.class)
                .setParameter("active", SessionState.ACTIVE)
                .setParameter("locked", SessionState.LOCKED)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList();
        end(forgotten, EndReason.EXPIRED, now);
        return forgotten.size();
    }

    /**
     * Locks those that are active and have a user who could unlock them; answers how many. The deadline first: what has
     * lapsed is the timer's, whether it has come round or not.
     */
    int lock(Collection<UUID> sessionIds, Instant now) {
        int locked = 0;
        for (List<UUID> batch :
                of(sessionIds.stream().sorted(RowLocks.ORDER).distinct().toList())) {
            List<Row<UUID>> active = lockRows(batch, Function.identity()).stream()
                    .filter(row -> row.subject.userId() != null && row.isActive() && now.isBefore(row.expiresAt))
                    .filter(row -> ledger.find(row.session)
                            .filter(live -> certainLapses.status(live, row.lastActivityAt, row.heldUntil, now)
                                    == SessionStatus.INACTIVE)
                            .isEmpty())
                    .toList();
            writeLock(active, now);
            tell(
                    active,
                    row -> new SessionEvent.SessionLocked(
                            row.subject, now, null, row.lastActivity(inLedger(row.session))));
            locked += active.size();
        }
        return locked;
    }

    /** Ends what has lived for as long as it may, and answers which those were: not what can still be refreshed. */
    List<PassedDeadline<SessionPrincipal>> endExpired(List<PassedDeadline<SessionPrincipal>> due, Instant now) {
        List<Row<PassedDeadline<SessionPrincipal>>> rows = lockRows(due, SessionBatches::id);
        writeActivityOfThoseBehind(rows);
        List<Row<PassedDeadline<SessionPrincipal>>> expired =
                rows.stream().filter(row -> !now.isBefore(row.expiresAt)).toList();
        writeEnd(ids(expired, Row::id), EndReason.EXPIRED, now);
        tellEnds(expired, EndReason.EXPIRED, now);
        return those(expired, row -> true);
    }

    /** Ends what went unused for as long as it may, and answers which those were: not where the row knows better. */
    List<PassedDeadline<SessionPrincipal>> endInactive(List<PassedDeadline<SessionPrincipal>> due, Instant now) {
        List<Row<PassedDeadline<SessionPrincipal>>> rows = lockInactiveRows(due);
        List<PassedDeadline<SessionPrincipal>> inactive = those(rows, row -> true);
        writeLapse(inactive, END, Map.of("reason", EndReason.INACTIVITY.name()), CommittedState.Over::new, now);
        tellEnds(rows, EndReason.INACTIVITY, now);
        return inactive;
    }

    /** Locks what went unused for as long as it may, and answers which those were: not where the row knows better. */
    List<PassedDeadline<SessionPrincipal>> lockInactive(List<PassedDeadline<SessionPrincipal>> due, Instant now) {
        List<Row<PassedDeadline<SessionPrincipal>>> rows = lockInactiveRows(due);
        List<PassedDeadline<SessionPrincipal>> inactive = those(rows, row -> true);
        writeLapse(inactive, LOCK, Map.of(), lockedAfter(rows, LockReason.INACTIVITY), now);
        tell(
                rows,
                row -> new SessionEvent.SessionLocked(
                        row.subject, now, SessionEvent.Lapse.of(row.session), row.lastActivity(row.session.session())));
        return inactive;
    }

    /** Locks the rows of sessions in their order, and writes down activity that the ledger has seen. */
    void lockAndWriteActivity(Map<LiveSession<SessionPrincipal>, Instant> activity) {
        UUID[] ids = activity.keySet().stream()
                .map(LiveSession::id)
                .sorted(RowLocks.ORDER)
                .toArray(UUID[]::new);
        if (ids.length > 0) { // merge would lock them in whatever order the database joins them
            entities.createNativeQuery(
                            "select id from session where id = any(:ids) and state = 'ACTIVE' order by id for update")
                    .setParameter("ids", ids)
                    .getResultList();
            writeActivity(activity);
            writtenUses.tell(activity);
        }
    }

    /** Writes down activity that the ledger has seen; never an earlier one over a later one. */
    private void writeActivity(Map<LiveSession<SessionPrincipal>, Instant> activity) {
        if (!activity.isEmpty()) {
            entities.createNativeQuery("merge into session s using"
                            + " unnest(cast(:ids as uuid array), cast(:moments as timestamp(6) with time zone array),"
                            + " cast(:uses as varchar array)) as seen (id, moment, what) on s.id = seen.id"
                            + " when matched and s.state = 'ACTIVE' and s.last_activity_at < seen.moment"
                            + " then update set last_activity_at = seen.moment, last_activity_by = seen.what")
                    .setParameter(
                            "ids",
                            activity.keySet().stream().map(LiveSession::id).toArray(UUID[]::new))
                    .setParameter("moments", activity.values().toArray(Instant[]::new))
                    .setParameter(
                            "uses",
                            activity.entrySet().stream()
                                    .map(one -> LastActivity.nameOf(one.getKey(), one.getValue()))
                                    .toArray(String[]::new))
                    .executeUpdate();
        }
    }

    /**
     * Locks the rows of those that no node has seen in use since, nor can one have that was lost, and writes down their
     * last activity.
     */
    private List<Row<PassedDeadline<SessionPrincipal>>> lockInactiveRows(List<PassedDeadline<SessionPrincipal>> due) {
        OtherNodes others = node.lastKnown();
        List<Row<PassedDeadline<SessionPrincipal>>> inactive = lockRows(due, SessionBatches::id).stream()
                .filter(row -> row.isActive()
                        && row.knowsNothingLaterThan(
                                row.session.lastActivity(),
                                others.latestPossibleUse(row.lastActivityAt, tolerance.whole())))
                .toList();
        writeActivityOfThoseBehind(inactive);
        return inactive;
    }

    private void writeActivityOfThoseBehind(List<Row<PassedDeadline<SessionPrincipal>>> due) {
        writeActivity(those(due, row -> row.lastActivityAt.isBefore(lastUse(row.session))).stream()
                .collect(Collectors.toMap(PassedDeadline::session, SessionBatches::lastUse)));
    }

    /** A hold that its end has cut short was a use until then. */
    private static Instant lastUse(PassedDeadline<SessionPrincipal> due) {
        return due.lastActivity().isBefore(due.deadline()) ? due.lastActivity() : due.deadline();
    }

    private void tellEnds(List<Row<PassedDeadline<SessionPrincipal>>> due, EndReason reason, Instant now) {
        tell(
                due,
                row -> new SessionEvent.SessionEnded(
                        row.subject,
                        now,
                        reason,
                        SessionEvent.Lapse.of(row.session),
                        row.lastActivity(row.session.session())));
    }

    private @Nullable LiveSession<SessionPrincipal> inLedger(UUID sessionId) {
        return ledger.find(sessionId).orElse(null);
    }

    /** Ends sessions whose rows are locked, and has the ledger follow. */
    private void writeEnd(UUID[] ids, EndReason reason, Instant now) {
        if (ids.length == 0) {
            return;
        }
        long number = numbers.next();
        entities.createNativeQuery("update session set " + END + " where id = any(:ids)")
                .setParameter("reason", reason.name())
                .setParameter("now", now)
                .setParameter("number", number)
                .setParameter("ids", ids)
                .executeUpdate();
        follow(ids, number, now, id -> new CommittedState.Over<>(id, number));
    }

    /** Locks sessions whose rows are locked, and has the ledger follow. */
    private void writeLock(List<Row<UUID>> rows, Instant now) {
        if (rows.isEmpty()) {
            return;
        }
        UUID[] ids = ids(rows, Row::session);
        long number = numbers.next();
        entities.createNativeQuery("update session set " + LOCK + " where id = any(:ids)")
                .setParameter("now", now)
                .setParameter("number", number)
                .setParameter("ids", ids)
                .executeUpdate();
        BiFunction<UUID, Long, CommittedState<SessionPrincipal>> locked = lockedAfter(rows, LockReason.FORCED);
        follow(ids, number, now, id -> locked.apply(id, number));
    }

    /** What becomes of locked rows when their sessions are locked: with the version that each had before. */
    private static <E> BiFunction<UUID, Long, CommittedState<SessionPrincipal>> lockedAfter(
            List<Row<E>> rows, LockReason reason) {
        Map<UUID, Long> previous = rows.stream().collect(Collectors.toMap(row -> row.subject.id(), Row::version));
        return (id, number) -> new CommittedState.Locked<>(id, number, previous.getOrDefault(id, number), reason);
    }

    /**
     * Ends or locks sessions whose rows are locked, writes down at which deadlines they lapsed, and has the ledger
     * follow.
     */
    private void writeLapse(
            List<PassedDeadline<SessionPrincipal>> due,
            String change,
            Map<String, ?> parameters,
            BiFunction<UUID, Long, CommittedState<SessionPrincipal>> status,
            Instant now) {
        if (due.isEmpty()) {
            return;
        }
        UUID[] ids = ids(due, SessionBatches::id);
        long number = numbers.next();
        Query merge = entities.createNativeQuery("merge into session s using"
                        + " unnest(cast(:ids as uuid array), cast(:deadlines as timestamp(6) with time zone array))"
                        + " as due (id, deadline) on s.id = due.id"
                        + " when matched then update set lapsed_at = due.deadline, "
                        + change)
                .setParameter("ids", ids)
                .setParameter(
                        "deadlines", due.stream().map(PassedDeadline::deadline).toArray(Instant[]::new))
                .setParameter("now", now)
                .setParameter("number", number);
        parameters.forEach(merge::setParameter);
        merge.executeUpdate();
        follow(ids, number, now, id -> status.apply(id, number));
    }

    private void follow(UUID[] ids, long number, Instant now, Function<UUID, CommittedState<SessionPrincipal>> status) {
        changed.fire(new SessionsChanged(number, Arrays.stream(ids).map(status).toList(), now));
    }

    /** Locks the rows of sessions until the transaction ends; those that have ended already are left out. */
    private <E> List<Row<E>> lockRows(List<E> sessions, Function<E, UUID> id) {
        if (sessions.isEmpty()) {
            return List.of();
        }
        Map<UUID, E> byId = sessions.stream().collect(Collectors.toMap(id, Function.identity(), (one, same) -> one));
        return entities
                .unwrap(org.hibernate.Session.class)
                .createNativeQuery(
                        "select id, state, last_activity_at, held_until, expires_at, organization_id, application_id,"
                                + " user_id, version, last_activity_by from session"
                                + " where id = any(:ids) and state <> 'ENDED' order by id for update",
                        Object[].class)
                .setParameter(
                        "ids", byId.keySet().stream().sorted(RowLocks.ORDER).toArray(UUID[]::new))
                .addScalar("id", UUID.class)
                .addScalar("state", SessionState.class)
                .addScalar("last_activity_at", Instant.class)
                .addScalar("held_until", Instant.class)
                .addScalar("expires_at", Instant.class)
                .addScalar("organization_id", UUID.class)
                .addScalar("application_id", String.class)
                .addScalar("user_id", UUID.class)
                .addScalar("version", Long.class)
                .addScalar("last_activity_by", String.class)
                .getResultList()
                .stream()
                .map(row -> new Row<>(
                        Objects.requireNonNull(byId.get((UUID) row[0])),
                        (SessionState) row[1],
                        (Instant) row[2],
                        (Instant) row[3],
                        (Instant) row[4],
                        new SessionEvent.Subject((UUID) row[0], (UUID) row[5], (String) row[6], (UUID) row[7]),
                        (Long) row[8],
                        (String) row[9]))
                .toList();
    }

    private static <E> List<E> those(List<Row<E>> rows, Predicate<Row<E>> condition) {
        return rows.stream().filter(condition).map(Row::session).toList();
    }

    private <E> void tell(List<E> changed, Function<E, SessionEvent> event) {
        if (!changed.isEmpty()) {
            events.fire(new SessionEvents(changed.stream().map(event).toList()));
        }
    }

    private static <E> UUID[] ids(List<E> sessions, Function<E, UUID> id) {
        return sessions.stream().map(id).toArray(UUID[]::new);
    }

    private static UUID id(PassedDeadline<SessionPrincipal> due) {
        return due.session().id();
    }

    /** What a row says that is locked, and whose it is. */
    private record Row<E>(
            E session,
            SessionState state,
            Instant lastActivityAt,
            @Nullable Instant heldUntil,
            Instant expiresAt,
            SessionEvent.Subject subject,
            long version,
            @Nullable String lastActivityBy) {
        UUID id() {
            return subject.id();
        }

        /** When it was used last, and by what, as the row and the ledger know. */
        LastActivity lastActivity(@Nullable LiveSession<SessionPrincipal> live) {
            return LastActivity.of(new LastActivity(lastActivityAt, lastActivityBy), live);
        }

        boolean isActive() {
            return state == SessionState.ACTIVE;
        }

        /**
         * The ledger counts whole milliseconds; what somebody else wrote into the row may be finer.
         *
         * @param lastActivity the last activity that the ledger knows
         * @param possible the last activity in the row, or a later one that a lost node may not have written
         */
        boolean knowsNothingLaterThan(Instant lastActivity, Instant possible) {
            Instant later = lastActivity.plusMillis(1);
            return possible.isBefore(later) && (heldUntil == null || heldUntil.isBefore(later));
        }
    }
}
