package org.lapse.sessions.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.TokenDigest;

/** The rows of sessions in a simulation: what one transaction does to them happens at one moment. */
final class SimulatedDatabase {
    private static final int WAITS_OF_FIVE = 1;
    private static final int LONGEST_WAIT_MILLIS = 30;

    private final SimulatedWorld world;
    final Map<UUID, Row> rows = new LinkedHashMap<>();
    private long lastNumber;
    private boolean reachable = true;

    SimulatedDatabase(SimulatedWorld world) {
        this.world = world;
    }

    /** A statement: it may take a while, in which others go on; it fails while the database is out of reach. */
    void call() {
        if (world.random().nextInt(5) < WAITS_OF_FIVE) {
            world.run(Duration.ofMillis(world.random().nextInt(LONGEST_WAIT_MILLIS)));
        }
        if (!reachable) {
            throw new OutOfReach();
        }
    }

    void setReachable(boolean reachable) {
        this.reachable = reachable;
    }

    long nextNumber() {
        return ++lastNumber;
    }

    long highestNumber() {
        return lastNumber;
    }

    List<Row> changedBy(List<Long> numbers) {
        List<Row> found = new ArrayList<>();
        for (Row row : rows.values()) {
            if (numbers.contains(row.version)) {
                found.add(row);
            }
        }
        return found;
    }

    /** A session in the database. */
    static final class Row {
        final UUID id;
        final TokenDigest token;
        final Instant expiresAt;
        final SessionPrincipal principal;
        long version;
        Instant lastActivity;
        boolean ended;

        Row(UUID id, SessionPrincipal principal, Instant now, Instant expiresAt, long version) {
            this.id = id;
            this.token = TokenDigest.of(id.toString());
            this.principal = principal;
            this.lastActivity = now;
            this.expiresAt = expiresAt;
            this.version = version;
        }

        CommittedState<SessionPrincipal> state() {
            return ended
                    ? new CommittedState.Over<>(id, version)
                    : new CommittedState.Live<>(
                            id,
                            version,
                            Optional.empty(),
                            token,
                            expiresAt,
                            Optional.empty(),
                            Optional.of(principal),
                            lastActivity,
                            ActivitySources.UNKNOWN,
                            Optional.empty());
        }
    }

    /** The database does not answer. */
    static final class OutOfReach extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfReach() {
            super("The database is out of reach", null, false, false);
        }
    }
}
