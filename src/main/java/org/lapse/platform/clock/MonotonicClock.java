package org.lapse.platform.clock;

import jakarta.inject.Singleton;
import java.time.Duration;

/** A clock that only goes forward and that nobody sets: by it leases are counted, and waits. */
@Singleton
public class MonotonicClock {
    /** The present moment, in nanoseconds since some moment. */
    public long nanos() {
        return System.nanoTime();
    }

    /**
     * Lets time pass.
     *
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    public void pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
