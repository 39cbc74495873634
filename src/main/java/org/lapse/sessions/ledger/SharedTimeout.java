package org.lapse.sessions.ledger;

import java.time.Duration;
import java.util.Optional;

/**
 * The one inactivity timeout of all sessions that are governed alike. They share it, so that a change holds for each of
 * them at once. It is changed by {@link SessionLedger#change} only. Anybody who has more to say to these sessions
 * together extends it.
 */
public class SharedTimeout {

    private volatile long millis;

    /** Since when it is as it is, in milliseconds since the epoch. */
    private volatile long changedAt = Long.MIN_VALUE;

    /**
     * A timeout for sessions to share.
     *
     * @param timeout how long they may go unused; empty if only their absolute life ends them
     * @throws IllegalArgumentException if the timeout is zero or negative
     */
    protected SharedTimeout(Optional<Duration> timeout) {
        this.millis = millis(timeout);
    }

    /**
     * A timeout for sessions to share.
     *
     * @param timeout how long they may go unused; empty if only their absolute life ends them
     * @throws IllegalArgumentException if the timeout is zero or negative
     */
    public static SharedTimeout of(Optional<Duration> timeout) {
        return new SharedTimeout(timeout);
    }

    /** How long the sessions may go unused; empty if only their absolute life ends them. To the millisecond. */
    public final Optional<Duration> timeout() {
        long now = millis;
        return now == Millis.MAXIMUM ? Optional.empty() : Optional.of(Duration.ofMillis(now));
    }

    final long millis() {
        return millis;
    }

    final long changedAt() {
        return changedAt;
    }

    final void set(long newMillis, long moment) {
        changedAt = moment;
        millis = newMillis;
    }

    static long millis(Optional<Duration> timeout) {
        timeout.filter(duration -> duration.isZero() || duration.isNegative()).ifPresent(duration -> {
            throw new IllegalArgumentException("An inactivity timeout is longer than nothing, not " + duration);
        });
        return timeout.map(Millis::of).orElse(Millis.MAXIMUM);
    }
}
