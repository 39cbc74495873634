package org.lapse.sessions.openwork;

import java.time.Instant;
import java.util.UUID;

/**
 * A hold on the wire.
 *
 * @param id its id
 * @param reason what the work is
 * @param dateOpened since when it holds
 * @param dateUntil when it is over at the latest; the timeout counts from then
 */
public record HoldBody(UUID id, String reason, Instant dateOpened, Instant dateUntil) {
    /** The hold as it is now. */
    public static HoldBody of(Hold hold) {
        return new HoldBody(hold.id(), hold.reason(), hold.openedAt(), hold.until());
    }
}
