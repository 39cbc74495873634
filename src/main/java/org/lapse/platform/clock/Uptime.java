package org.lapse.platform.clock;

import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How long this program has been running. Nobody can put it forward or back, unlike the {@link WallClock}: it tells how
 * long something has taken on this machine, and nothing else.
 */
@Singleton
public class Uptime {
    private final long begunNanos = System.nanoTime();

    /** The time since the start. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }
}
