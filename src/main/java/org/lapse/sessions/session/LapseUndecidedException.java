package org.lapse.sessions.session;

import java.util.UUID;

/**
 * This node takes a session for lapsed, and another one may know of a later use: the use case is to begin again once
 * that is decided. Thrown inside its transaction, and caught outside by {@link AsksOtherNodes}.
 */
final class LapseUndecidedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final UUID sessionId;

    LapseUndecidedException(UUID sessionId) {
        super("Whether the session has lapsed is not certain yet", null, false, false);
        this.sessionId = sessionId;
    }

    UUID sessionId() {
        return sessionId;
    }
}
