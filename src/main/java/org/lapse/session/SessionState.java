package org.lapse.session;

/** Where a session stands, as the database knows it. */
public enum SessionState {
    /** Its access token is good, or can be refreshed. */
    ACTIVE,
    /** Kept without access until the original user has given the password again. */
    LOCKED,
    /** Over for good, with an {@link EndReason}. */
    ENDED
}
