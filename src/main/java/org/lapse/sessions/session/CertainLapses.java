package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.nodes.ThisNode;

/**
 * Where a session stands for a use case that has locked its row. The deadline first: what has lapsed in the ledger goes
 * on with nothing, whether the timer has come round or not. Among several nodes that holds once none of the others can
 * know better; a use case waits for them outside its transaction, so that they can write what they know into the row.
 */
@Singleton
class CertainLapses {
    private final ThisNode node;

    @Inject
    CertainLapses(ThisNode node) {
        this.node = node;
    }

    /**
     * Where a session stands for certain.
     *
     * @param lastActivityAt the last activity in its row
     * @param heldUntil the end of the hold in its row
     * @throws LapseUndecidedException where another node may know of a later use
     */
    SessionStatus status(
            LiveSession<SessionPrincipal> session, Instant lastActivityAt, @Nullable Instant heldUntil, Instant now) {
        SessionStatus status = session.status(now);
        if (status != SessionStatus.INACTIVE || node.isAlone()) {
            return status;
        }
        Instant known = session.lastActivity().plusMillis(1); // the ledger counts whole milliseconds
        boolean certain = node.lastKnown().haveClosed(session.deadline())
                && lastActivityAt.isBefore(known)
                && (heldUntil == null || heldUntil.isBefore(known));
        if (!certain) {
            throw new LapseUndecidedException(session.id());
        }
        return status;
    }
}
