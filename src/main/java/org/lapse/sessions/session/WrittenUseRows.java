package org.lapse.sessions.session;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.changes.NumberedRows;
import org.lapse.platform.changes.NumberedTable;
import org.lapse.platform.clock.MonotonicClock;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.nodes.ThisNode;

/**
 * What the nodes tell each other of uses: a row for each batch that one of them has written into the sessions' rows. So
 * the ledger of each node shows when a session was used last at any of them, as exactly as the database knows. A node
 * that is alone tells nobody.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class WrittenUseRows implements NumberedRows {
    private static final Duration BETWEEN_CLEANUPS = Duration.ofSeconds(5);

    private final EntityManager entities;
    private final ChangeNumbers numbers;
    private final ThisNode node;
    private final MonotonicClock clock;
    private final Event<UsesWritten> written;
    private final AtomicLong forgottenAt;

    @Inject
    WrittenUseRows(
            EntityManager entities,
            ChangeNumbers numbers,
            ThisNode node,
            MonotonicClock clock,
            Event<UsesWritten> written) {
        this.entities = entities;
        this.numbers = numbers;
        this.node = node;
        this.clock = clock;
        this.written = written;
        this.forgottenAt = new AtomicLong(clock.nanos());
    }

    /** Tells the other nodes of uses that the present transaction writes. */
    void tell(Map<LiveSession<SessionPrincipal>, Instant> activity) {
        if (node.isAlone() || activity.isEmpty()) {
            return;
        }
        forgetOldWhenDue();
        List<UsesWritten.Use> uses = activity.entrySet().stream()
                .map(use -> new UsesWritten.Use(
                        use.getKey().id(), use.getValue(), LastActivity.nameOf(use.getKey(), use.getValue())))
                .toList();
        long number = numbers.next();
        entities.createNativeQuery("insert into written_use (change_number, session_ids, moments, sources)"
                        + " values (:number, cast(:ids as uuid array),"
                        + " cast(:moments as timestamp(6) with time zone array), cast(:sources as varchar array))")
                .setParameter("number", number)
                .setParameter(
                        "ids", uses.stream().map(UsesWritten.Use::sessionId).toArray(UUID[]::new))
                .setParameter("moments", uses.stream().map(UsesWritten.Use::at).toArray(Instant[]::new))
                .setParameter(
                        "sources", uses.stream().map(UsesWritten.Use::source).toArray(String[]::new))
                .executeUpdate();
        written.fire(new UsesWritten(number, uses));
    }

    private void forgetOldWhenDue() {
        long last = forgottenAt.get();
        long now = clock.nanos();
        if (now - last >= BETWEEN_CLEANUPS.toNanos() && forgottenAt.compareAndSet(last, now)) {
            forgetOld();
        }
    }

    /** Who has not read a row within a minute has lost the lease, and reads the sessions' own rows. */
    void forgetOld() {
        entities.createNativeQuery("delete from written_use where change_number in"
                        + " (select change_number from written_use"
                        + " where written_at < current_timestamp - interval '1' minute"
                        + " order by change_number for update skip locked)")
                .executeUpdate();
    }

    @Override
    public NumberedTable table() {
        return new NumberedTable("written_use", "change_number");
    }

    @Override
    public void tellOf(Collection<Long> missed) {
        entities.unwrap(Session.class)
                .createNativeQuery(
                        "select change_number, session_ids, moments, sources from written_use"
                                + " where change_number = any(:numbers) order by change_number",
                        Object[].class)
                .setParameter("numbers", missed.toArray(Long[]::new))
                .addScalar("change_number", Long.class)
                .addScalar("session_ids", UUID[].class)
                .addScalar("moments", Instant[].class)
                .addScalar("sources", String[].class)
                .getResultList()
                .forEach(row -> written.fire(
                        new UsesWritten((Long) row[0], uses((UUID[]) row[1], (Instant[]) row[2], (String[]) row[3]))));
    }

    private static List<UsesWritten.Use> uses(UUID[] ids, Instant[] moments, String[] sources) {
        return IntStream.range(0, ids.length)
                .mapToObj(place -> new UsesWritten.Use(ids[place], moments[place], sources[place]))
                .toList();
    }
}
