package org.lapse.platform.clock;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clock on the wall: Coordinated Universal Time as this machine knows it, in milliseconds. Somebody who tries out
 * how a timeout works may put it forward, and does not wait then.
 */
@Singleton
public class WallClock {
    private final AtomicLong aheadMillis = new AtomicLong();

    /** The present moment, cut to whole milliseconds, the unit in which the ledger counts. */
    public Instant now() {
        return Instant.now().plusMillis(aheadMillis.get()).truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Lets time pass at once: from now on it is later by that much, until the server stops.
     *
     * @throws IllegalArgumentException if it is zero or negative: time does not go back
     */
    public void putForward(Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("Time goes forward only, not by " + time);
        }
        aheadMillis.addAndGet(time.toMillis());
    }

    /** By how much it has been put forward. */
    public Duration ahead() {
        return Duration.ofMillis(aheadMillis.get());
    }
}
