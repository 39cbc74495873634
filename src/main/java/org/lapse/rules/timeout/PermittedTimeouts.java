package org.lapse.rules.timeout;

import java.time.Duration;

/**
 * The timeouts that an administrator may choose. Both ends belong to the range.
 *
 * @param minimum the shortest that may be chosen
 * @param maximum the longest that may be chosen
 */
public record PermittedTimeouts(Duration minimum, Duration maximum) {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the minimum is not positive, or longer than the maximum
     */
    public PermittedTimeouts {
        if (minimum.isZero() || minimum.isNegative()) {
            throw new IllegalArgumentException("The shortest permitted timeout is positive, not " + minimum);
        }
        if (minimum.compareTo(maximum) > 0) {
            throw new IllegalArgumentException(
                    "The shortest permitted timeout, " + minimum + ", is longer than the longest, " + maximum);
        }
    }

    /** Whether an administrator may choose this duration. */
    public boolean permits(Duration duration) {
        return minimum.compareTo(duration) <= 0 && duration.compareTo(maximum) <= 0;
    }

    /**
     * This range, without what is longer than the given maximum. Where even the minimum is longer, the given maximum is
     * the one duration that is left.
     *
     * @throws IllegalArgumentException if the given maximum is not positive
     */
    public PermittedTimeouts capped(Duration maximum) {
        return new PermittedTimeouts(shorterOf(minimum, maximum), shorterOf(this.maximum, maximum));
    }

    private static Duration shorterOf(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
