package org.lapse.sessions.session;

import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.LockReason;

/** What an access token gives at the moment at which it is looked at. */
public sealed interface Access {
    /** The session is active: the call may pass, and may count as activity. */
    record Granted(LiveSession<SessionPrincipal> session) implements Access {}

    /** The session waits for its user, or is just about to: nothing but a re-login may pass. */
    record Locked(LiveSession<SessionPrincipal> session) implements Access {
        /** Why it waits. */
        public LockReason reason() {
            return session.lockReason();
        }
    }

    /** The organization permits no access from where the call comes; {@code reason} says why in one sentence. */
    record Forbidden(String reason) implements Access {}

    /** The token gives nothing to anybody; {@code reason} says why in one sentence. */
    record Refused(String reason) implements Access {
        static final Refused UNKNOWN = new Refused("The access token is unknown or has ended.");
        static final Refused INACTIVE = new Refused("The access token ended because of inactivity.");
        static final Refused EXPIRED = new Refused("The access token has expired.");
        static final Refused FOR_OTHERS = new Refused("The access token is for another API.");
        static final Refused ENDED = new Refused("The access token has ended.");
    }
}
