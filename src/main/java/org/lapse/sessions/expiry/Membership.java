package org.lapse.sessions.expiry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.timeout.PermittedTimeouts;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.nodes.ThisNode;
import org.lapse.sessions.session.ActivityWriter;
import org.lapse.sessions.session.LedgerProjection;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * How this node comes to the others, stays among them, and goes. Before it serves it has read what they changed and has
 * written what it alone knew; so after a pause it never trusts what it remembers.
 */
@Singleton
public class Membership {
    /** A node that was lost matters for as long as the longest timeout, and a little more for what is under way. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final ThisNode node;
    private final LedgerProjection projection;
    private final SessionLedger<SessionPrincipal> ledger;
    private final ActivityWriter writer;
    private final PermittedTimeouts timeouts;
    private final WallClock clock;
    private volatile boolean gone;

    @Inject
    Membership(
            ThisNode node,
            LedgerProjection projection,
            SessionLedger<SessionPrincipal> ledger,
            ActivityWriter writer,
            PermittedTimeouts timeouts,
            WallClock clock) {
        this.node = node;
        this.projection = projection;
        this.ledger = ledger;
        this.writer = writer;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /**
     * Joins the others with what is in memory, closed up to the moment at which it began to read; does nothing where
     * this node is alone.
     */
    public synchronized void join() {
        if (node.isAlone()) {
            return;
        }
        gone = false;
        Instant closed = clock.now();
        readWhatOthersChanged();
        ledger.close(closed);
        writer.writeUses();
        long sentAt = node.join(closed, timeouts.maximum().plus(MARGIN));
        // What was committed before the others knew of this node, it may have missed.
        readWhatOthersChanged();
        node.serve(sentAt);
    }

    private void readWhatOthersChanged() {
        while (projection.catchUp(clock.now()) > 0) {
            // as long as anything was found, more may be missing than is read at once
        }
    }

    /**
     * Renews the lease; where it is over, joins the others anew as soon as the clock is right. A node that has gone, or
     * is about to, stays so.
     */
    public synchronized void renew() {
        if (!gone && !node.renew() && node.isClockRight()) {
            join();
        }
    }

    /** Grants nothing more, writes down what this node knows, and goes. */
    public void leave() {
        gone = true;
        node.refuse();
        goInOrder();
    }

    /** A renewal that was under way may have given it access once more. */
    private synchronized void goInOrder() {
        node.refuse();
        if (node.isAlone()) {
            writer.writeAll();
        } else {
            writer.writeUses();
        }
        node.leave();
    }
}
