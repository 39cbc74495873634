package org.lapse.sessions.expiry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.lapse.platform.clock.MonotonicClock;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.nodes.ThisNode;
import org.lapse.sessions.session.ActivityWriter;
import org.lapse.sessions.session.LedgerProjection;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * A node's turn among others: it reads what they changed, makes final which deadlines have passed, writes the activity
 * of those sessions that others take for lapsed, and says up to when it has done so. In this order: what it says holds
 * for the rules too that others changed before that moment.
 */
@Singleton
public class Closing {
    private final LedgerProjection projection;
    private final SessionLedger<SessionPrincipal> ledger;
    private final ActivityWriter writer;
    private final ThisNode node;
    private final WallClock clock;
    private final MonotonicClock monotonic;

    @Inject
    Closing(
            LedgerProjection projection,
            SessionLedger<SessionPrincipal> ledger,
            ActivityWriter writer,
            ThisNode node,
            WallClock clock,
            MonotonicClock monotonic) {
        this.projection = projection;
        this.ledger = ledger;
        this.writer = writer;
        this.node = node;
        this.clock = clock;
        this.monotonic = monotonic;
    }

    /** Closes up to now; a node that is alone only reads what it was not told of its own changes. */
    public void turn() {
        long begunAt = monotonic.nanos();
        Instant now = clock.now();
        projection.catchUp(now);
        if (!node.isAlone()) {
            Duration lag = Duration.ofNanos(monotonic.nanos() - begunAt);
            writer.write(ledger.close(now));
            node.close(now, begunAt, lag);
        }
    }
}
