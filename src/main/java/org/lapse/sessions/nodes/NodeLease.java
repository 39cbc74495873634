package org.lapse.sessions.nodes;

import java.time.Duration;
import org.lapse.platform.clock.MonotonicClock;

/**
 * Until when this node may grant access, by the monotonic clock. A lease counts from the moment at which its renewal was
 * sent, so it is over here before it is over for the others. Any thread may ask.
 */
final class NodeLease {
    private final MonotonicClock monotonic;
    private volatile long until;

    /** A lease that is not held yet. */
    NodeLease(MonotonicClock monotonic) {
        this.monotonic = monotonic;
        this.until = monotonic.nanos();
    }

    /** The present moment, in nanoseconds of the monotonic clock. */
    long now() {
        return monotonic.nanos();
    }

    /** Whether it is held at this moment. */
    boolean isHeld() {
        return monotonic.nanos() - until < 0;
    }

    /** It is held for so long from that moment on. */
    void hold(long sentAt, Duration time) {
        until = sentAt + time.toNanos();
    }

    /** It is over now. */
    void lose() {
        until = monotonic.nanos();
    }
}
