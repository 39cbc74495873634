package org.lapse.insight.oversight;

import java.time.Instant;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * A live session as it was seen at one moment: what it is sorted by must not change meanwhile.
 *
 * @param session the session itself
 * @param state where it stood
 * @param lastActivity when it had been used last
 * @param deadline when it was going to end or lock
 */
record SeenSession(LiveSession<SessionPrincipal> session, LiveState state, Instant lastActivity, Instant deadline) {
    static SeenSession of(LiveSession<SessionPrincipal> session, LiveState state) {
        return new SeenSession(session, state, session.lastActivity(), session.deadline());
    }

    /** The user's name for signing in, or the application's id. */
    String name() {
        return session.principal().name();
    }

    String applicationId() {
        return session.principal().applicationId();
    }
}
