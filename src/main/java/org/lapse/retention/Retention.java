package org.lapse.retention;

import java.time.Duration;

/**
 * Things that are kept for a time after they are over. A package that has such things produces one of these for them.
 *
 * @param what what they are, for the log
 * @param entity the entity whose rows they are
 * @param overAt when {@code e}, one of them, was over: a path or an expression of Jakarta Persistence QL
 * @param condition what else must be so before {@code e} is forgotten, in the same language
 * @param kept how long they are kept after that
 */
public record Retention(String what, Class<?> entity, String overAt, String condition, Duration kept) {
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

    /** Things that nothing else refers to. */
    public static Retention of(String what, Class<?> entity, String overAt, Duration kept) {
        return new Retention(what, entity, overAt, "1 = 1", kept);
    }
}
