package org.lapse.sessions.expiry;

import java.time.Duration;
import org.lapse.platform.clock.MonotonicClock;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.timeout.PermittedTimeouts;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.nodes.ThisNode;
import org.lapse.sessions.session.ActivityWriter;
import org.lapse.sessions.session.LedgerProjection;
import org.lapse.sessions.session.SessionPrincipal;

/** What a node's timers do, for a simulation that has timers of its own. */
public record SimulatedTurns(Closing closing, Membership membership) {
    /** The turns of a node that consists of these. */
    public static SimulatedTurns of(
            LedgerProjection projection,
            SessionLedger<SessionPrincipal> ledger,
            ActivityWriter writer,
            ThisNode node,
            WallClock clock,
            MonotonicClock monotonic) {
        return new SimulatedTurns(
                new Closing(projection, ledger, writer, node, clock, monotonic),
                new Membership(
                        node,
                        projection,
                        ledger,
                        writer,
                        new PermittedTimeouts(Duration.ofSeconds(1), Duration.ofHours(8)),
                        clock));
    }
}
