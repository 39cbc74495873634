package org.lapse.sessions.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * Times as the ledger keeps them: whole milliseconds, far enough from the ends of a {@code long} that any moment and
 * any timeout can be added without overflow. What lies beyond is taken as the end of the range, the year 4199.
 */
final class Millis {

    /** The latest moment, and the longest timeout. Leaves room for the rest of a session's state. */
    static final long MAXIMUM = 1L << 46;

    private static final long MAXIMUM_SECONDS = MAXIMUM / 1000;

    private Millis() {}

    /** Milliseconds since the epoch; a fraction is dropped. */
    static long of(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (seconds >= MAXIMUM_SECONDS) {
            return MAXIMUM;
        }
        return seconds <= -MAXIMUM_SECONDS ? -MAXIMUM : instant.toEpochMilli();
    }

    /** Milliseconds of a timeout; a fraction counts as a whole one, so that no session is inactive too early. */
    static long of(Duration timeout) {
        if (timeout.toSeconds() >= MAXIMUM_SECONDS) {
            return MAXIMUM;
        }
        return timeout.plusNanos(999_999).toMillis();
    }
}
