package org.lapse.sessions.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * How a session was kept that is remembered again.
 *
 * @param locked whether it is locked
 * @param heldUntil the end of its hold, also where it has passed; empty if it is not held
 */
public record InitialStatus(boolean locked, Optional<Instant> heldUntil) {
    /** Neither locked nor held. */
    public static final InitialStatus IN_USE = new InitialStatus(false, Optional.empty());

    int tag() {
        return locked ? LiveSession.LOCKED : heldUntil.isPresent() ? LiveSession.HELD : LiveSession.ACTIVE;
    }
}
