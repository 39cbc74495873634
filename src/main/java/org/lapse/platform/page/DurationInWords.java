package org.lapse.platform.page;

import java.time.Duration;

/** A duration as people read it: {@code 15 minutes}, {@code 1 hour 30 minutes}, {@code 30 days}. */
public final class DurationInWords {
    private DurationInWords() {}

    /** The words, to the second; less than one counts as one. */
    public static String of(Duration duration) {
        StringBuilder words = new StringBuilder();
        append(words, duration.toDays(), "day");
        append(words, duration.toHoursPart(), "hour");
        append(words, duration.toMinutesPart(), "minute");
        append(words, duration.toSecondsPart(), "second");
        return words.isEmpty() ? "1 second" : words.toString();
    }

    private static void append(StringBuilder words, long count, String unit) {
        if (count > 0) {
            words.append(words.isEmpty() ? "" : " ").append(count).append(' ').append(unit);
            words.append(count == 1 ? "" : "s");
        }
    }
}
