package org.lapse.sessions.ledger;

/** Where a session stands at a given moment. Only an active one gives access. */
public enum SessionStatus {

    /** In use: neither of its deadlines has passed. */
    ACTIVE,

    /** Kept without access until its user has signed in again. */
    LOCKED,

    /** Unused for as long as its inactivity timeout. Refused, and waits to be ended or locked. */
    INACTIVE,

    /** At the end of its absolute life. Refused, and waits to be ended. */
    EXPIRED,

    /** Over, for good. */
    ENDED
}
