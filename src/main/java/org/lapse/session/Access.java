package org.lapse.session;

import org.lapse.ledger.LiveSession;

/** What an access token gives at the moment at which it is looked at. */
public sealed interface Access {
    /** The session is active: the call may pass, and may count as activity. */
    record Granted(LiveSession<Grant> session) implements Access {}

    /** The session waits for its user, or is just about to: nothing but a re-login may pass. */
    record Locked(LiveSession<Grant> session) implements Access {}

    /** The token is good for nothing; {@code reason} says why in one sentence. */
    record Refused(String reason) implements Access {}
}
