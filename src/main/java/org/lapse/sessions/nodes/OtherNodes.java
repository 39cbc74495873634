package org.lapse.sessions.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What only other nodes may know of uses of sessions, as their rows said at a moment. A node whose lease is not over
 * tells up to when it has closed. One whose lease is over is lost: what it granted at the end may not be written down,
 * so sessions count as used until then, but by no more than the write tolerance.
 */
public final class OtherNodes {
    /** There is no other node. */
    public static final OtherNodes NONE = new OtherNodes(Instant.MAX, Instant.MAX, List.of());

    /** What the others say has not been read yet, so nobody is ended. */
    static final OtherNodes UNREAD = new OtherNodes(Instant.MIN, Instant.MIN, List.of());

    private final Instant readAt;
    private final Instant closedUntil;
    private final List<Instant> lostAt;

    private OtherNodes(Instant readAt, Instant closedUntil, List<Instant> lostAt) {
        this.readAt = readAt;
        this.closedUntil = closedUntil;
        this.lostAt = lostAt;
    }

    /**
     * What the rows say.
     *
     * @param rows all nodes
     * @param self the row of this node; null if it has none
     * @param readAt the moment before the rows were read, by this node's clock
     * @param clockSkew by how much clocks may differ
     */
    static OtherNodes of(List<NodeState> rows, @Nullable UUID self, Instant readAt, Duration clockSkew) {
        Instant closedUntil = Instant.MAX;
        List<Instant> lostAt = new ArrayList<>();
        for (NodeState row : rows) {
            Instant leaseUntil = row.leaseUntil();
            if (row.id().equals(self) || leaseUntil == null) {
                continue;
            }
            if (row.holdsLease()) {
                closedUntil = row.closedUntil().isBefore(closedUntil) ? row.closedUntil() : closedUntil;
            } else {
                lostAt.add(leaseUntil.plus(clockSkew));
            }
        }
        return new OtherNodes(readAt, closedUntil, List.copyOf(lostAt));
    }

    /**
     * Whether every use before a moment that could save a session has been written down, and none can be granted any
     * more. What was read before that moment cannot say so.
     *
     * @param deadline the deadline of the session, as this node knows it
     */
    public boolean haveClosed(Instant deadline) {
        return !deadline.isAfter(readAt) && !deadline.isAfter(closedUntil);
    }

    /**
     * The latest moment at which a lost node can have granted a use of a session that it did not write down.
     *
     * @param written the last activity in the session's row
     * @param tolerance by how much a use may be later than what is written
     * @return {@code written} where no node was lost since
     */
    public Instant latestPossibleUse(Instant written, Duration tolerance) {
        Instant latest = written;
        for (Instant lost : lostAt) {
            Instant possible = written.plus(tolerance);
            Instant bounded = possible.isBefore(lost) ? possible : lost;
            latest = bounded.isAfter(latest) ? bounded : latest;
        }
        return latest;
    }
}
