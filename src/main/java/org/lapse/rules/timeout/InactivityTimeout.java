package org.lapse.rules.timeout;

import java.time.Duration;

/**
 * How long a session may go unused before it is ended or locked. Always longer than nothing: "no timeout" is the
 * absence of this value, never a zero.
 *
 * @param duration the time from the last activity to the moment at which the session is inactive
 */
public record InactivityTimeout(Duration duration) implements Comparable<InactivityTimeout> {

    /**
     * Checks the duration.
     *
     * @throws IllegalArgumentException if the duration is zero or negative
     */
    public InactivityTimeout {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("An inactivity timeout is longer than nothing, not " + duration);
        }
    }

    /**
     * A timeout of this many seconds.
     *
     * @throws IllegalArgumentException if the number is not positive
     */
    public static InactivityTimeout ofSeconds(long seconds) {
        return new InactivityTimeout(Duration.ofSeconds(seconds));
    }

    /**
     * A timeout of this many minutes.
     *
     * @throws IllegalArgumentException if the number is not positive
     */
    public static InactivityTimeout ofMinutes(long minutes) {
        return new InactivityTimeout(Duration.ofMinutes(minutes));
    }

    /** Whether a session is inactive sooner under this timeout than under the other. */
    public boolean isShorterThan(InactivityTimeout other) {
        return compareTo(other) < 0;
    }

    /** This timeout, or the longest that is permitted where it is longer than that. */
    public InactivityTimeout atMost(Duration longest) {
        return duration.compareTo(longest) <= 0 ? this : new InactivityTimeout(longest);
    }

    /** The shorter timeout comes first. */
    @Override
    public int compareTo(InactivityTimeout other) {
        return duration.compareTo(other.duration);
    }

    /** The duration in words, as an administrator reads it: {@code 1 hour 30 minutes}. */
    String inWords() {
        StringBuilder words = new StringBuilder();
        append(words, duration.toHours(), "hour");
        append(words, duration.toMinutesPart(), "minute");
        append(words, duration.toSecondsPart(), "second");
        append(words, duration.toMillisPart(), "millisecond");
        return words.isEmpty() ? "less than a millisecond" : words.toString();
    }

    private static void append(StringBuilder words, long count, String unit) {
        if (count == 0) {
            return;
        }
        if (!words.isEmpty()) {
            words.append(' ');
        }
        words.append(count).append(' ').append(unit);
        if (count != 1) {
            words.append('s');
        }
    }
}
