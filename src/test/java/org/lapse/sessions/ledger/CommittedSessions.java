package org.lapse.sessions.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;

/**
 * Plays the database: keeps the rows of sessions, gives each change the next number, and answers what its commit tells
 * the ledger. A change that a row does not allow is empty. Any thread may use it.
 */
final class CommittedSessions {
    private final Map<UUID, Row> rows = new HashMap<>();
    private final Map<UUID, CommittedState<String>> ended = new HashMap<>();
    private long number;

    /** Opens a session whose row has the number of the change as its version. */
    synchronized CommittedState<String> open(LongFunction<Row> opened) {
        Row row = opened.apply(++number);
        rows.put(row.id(), row);
        return row.whole();
    }

    /** Locks a session that is not locked; nothing else is said of it. */
    synchronized Optional<CommittedState<String>> lock(UUID id) {
        return unlocked(id).map(row -> {
            change(row.locked(++number));
            return Row.lock(row.name(), number);
        });
    }

    /** The user has signed in again before the end of the session's life: it is used now, and no longer held. */
    synchronized Optional<CommittedState<String>> unlock(UUID id, Instant now) {
        return row(id).filter(row -> now.isBefore(row.expiresAt())).map(row -> change(row.unlocked(++number, now)));
    }

    /** Holds a session that is not locked, in place of an earlier hold. */
    synchronized Optional<CommittedState<String>> hold(UUID id, Instant until) {
        return unlocked(id).map(row -> change(row.held(++number, until)));
    }

    /** Ends the hold of a session that is not locked. */
    synchronized Optional<CommittedState<String>> release(UUID id, Instant now) {
        return unlocked(id).map(row -> change(row.released(++number, now)));
    }

    /** Ends a session that has not ended. */
    synchronized Optional<CommittedState<String>> end(UUID id) {
        return row(id).map(row -> {
            CommittedState<String> over = Row.over(row.name(), ++number);
            ended.put(id, over);
            return over;
        });
    }

    /** What the row of a session says to who reads it now. */
    synchronized CommittedState<String> read(UUID id) {
        return Optional.ofNullable(ended.get(id))
                .orElseGet(() -> row(id).orElseThrow().whole());
    }

    /** The row of a session; empty if that has ended. */
    synchronized Optional<Row> row(UUID id) {
        return ended.containsKey(id) ? Optional.empty() : Optional.ofNullable(rows.get(id));
    }

    private Optional<Row> unlocked(UUID id) {
        return row(id).filter(row -> !row.locked());
    }

    private CommittedState<String> change(Row row) {
        rows.put(row.id(), row);
        return row.live();
    }
}
