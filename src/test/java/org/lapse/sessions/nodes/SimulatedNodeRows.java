package org.lapse.sessions.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.clock.MonotonicClock;
import org.lapse.platform.clock.WallClock;

/** The rows of the nodes in a database that a simulation has. */
public final class SimulatedNodeRows {
    private final List<NodeState> rows = new ArrayList<>();
    private final Supplier<Instant> databaseClock;

    /** No rows yet. */
    public SimulatedNodeRows(Supplier<Instant> databaseClock) {
        this.databaseClock = databaseClock;
    }

    /**
     * A node that reaches the rows by calls of the database.
     *
     * @param call made before each statement; may throw
     * @param seesOthers whether it sees the living others
     * @param seesLost whether it sees those that were lost
     */
    public ThisNode node(
            ClusterSettings settings,
            WallClock clock,
            MonotonicClock monotonic,
            Runnable call,
            boolean seesOthers,
            boolean seesLost) {
        return new ThisNode(settings, new Reached(call, seesOthers, seesLost), clock, monotonic);
    }

    private final class Reached extends NodeRows {
        private final Runnable call;
        private final boolean seesOthers;
        private final boolean seesLost;

        @SuppressWarnings("NullAway") // nothing of it is used
        Reached(Runnable call, boolean seesOthers, boolean seesLost) {
            super(null);
            this.call = call;
            this.seesOthers = seesOthers;
            this.seesLost = seesLost;
        }

        @Override
        boolean canBeShared() {
            return true;
        }

        @Override
        List<NodeState> all() {
            call.run();
            Instant now = databaseClock.get();
            return rows.stream()
                    .map(row -> with(row, row.leaseUntil(), row.closedUntil(), isHeld(row, now)))
                    .filter(row -> row.holdsLease() ? seesOthers : seesLost)
                    .toList();
        }

        private boolean isHeld(NodeState row, Instant now) {
            Instant leaseUntil = row.leaseUntil();
            return leaseUntil != null && now.isBefore(leaseUntil);
        }

        @Override
        Instant now() {
            call.run();
            return databaseClock.get();
        }

        @Override
        void loseThoseAlone() {
            call.run();
        }

        @Override
        void join(NodeState node, @Nullable UUID before, Duration lease, Duration keptLost) {
            call.run();
            rows.add(with(node, databaseClock.get().plus(lease), node.closedUntil(), true));
            rows.removeIf(row -> row.id().equals(before));
        }

        @Override
        Optional<Instant> renew(UUID id, Duration lease) {
            call.run();
            Instant now = databaseClock.get();
            boolean renewed = change(id, now, row -> with(row, now.plus(lease), row.closedUntil(), true));
            return renewed ? Optional.of(now) : Optional.empty();
        }

        @Override
        List<NodeState> close(UUID id, Instant until, long lagMillis) {
            call.run();
            change(id, databaseClock.get(), row -> with(row, row.leaseUntil(), until, true));
            return all();
        }

        @Override
        void remove(UUID id) {
            call.run();
            rows.removeIf(row -> row.id().equals(id));
        }

        private boolean change(UUID id, Instant now, UnaryOperator<NodeState> change) {
            for (int place = 0; place < rows.size(); place++) {
                if (rows.get(place).id().equals(id) && isHeld(rows.get(place), now)) {
                    rows.set(place, change.apply(rows.get(place)));
                    return true;
                }
            }
            return false;
        }
    }

    private static NodeState with(NodeState row, @Nullable Instant leaseUntil, Instant closedUntil, boolean held) {
        return new NodeState(
                row.id(),
                row.name(),
                row.version(),
                row.startedAt(),
                row.joinedAt(),
                leaseUntil,
                held,
                closedUntil,
                row.lagMillis());
    }
}
