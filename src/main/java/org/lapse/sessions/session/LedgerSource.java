package org.lapse.sessions.session;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.ActivityBacklog;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.nodes.ThisNode;

/** Gives this node its one ledger, and the one backlog of what was used in it. */
class LedgerSource {
    private LedgerSource() {}

    @Produces
    @Singleton
    static SessionLedger<SessionPrincipal> ledger(WallClock clock, LatestPrincipals principals, ThisNode node) {
        return node.isAlone()
                ? new SessionLedger<>(clock.now(), principals)
                : SessionLedger.besideOthers(clock.now(), principals);
    }

    @Produces
    @Singleton
    static ActivityBacklog<SessionPrincipal> backlog(WriteTolerance tolerance) {
        return new ActivityBacklog<>(tolerance.worthWriting());
    }
}
