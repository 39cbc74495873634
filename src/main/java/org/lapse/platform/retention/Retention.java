package org.lapse.platform.retention;

import java.time.Duration;

/**
 * Things that are kept for a time after they are over, and for as long as they are {@linkplain StillNeeded still
 * needed}. A package that has such things produces one of these for them.
 *
 * @param what what they are, for the log
 * @param entity the entity whose rows they are
 * @param overAt when {@code e}, one of them, was over: a path or an expression of Jakarta Persistence QL
 * @param kept how long they are kept after that
 */
public record Retention(String what, Class<?> entity, String overAt, Duration kept) {
    /**
     * Things that are kept for a time.
     *
     * @throws IllegalArgumentException if they are not kept at all
     */
    public Retention {
        if (kept.isZero() || kept.isNegative()) {
            throw new IllegalArgumentException("The " + what + " are kept for longer than nothing, not for " + kept);
        }
    }

    /** Things that are kept for a time. */
    public static Retention of(String what, Class<?> entity, String overAt, Duration kept) {
        return new Retention(what, entity, overAt, kept);
    }
}
