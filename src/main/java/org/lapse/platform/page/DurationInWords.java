package org.lapse.platform.page;

import java.time.Duration;
import java.util.Locale;

/** A duration as people read it: {@code 15 minutes}, {@code 1 hour 30 minutes}, {@code 30 days}. */
public final class DurationInWords {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private DurationInWords() {}

    /** The words in English, to the second; less than one counts as one. */
    public static String of(Duration duration) {
        return of(Locale.ENGLISH, duration);
    }

    /**
     * The same in German or English. German words are in the case in which one says how long something lasts.
     *
     * @param language {@link Messages#languageOf} a request
     */
    public static String of(Locale language, Duration duration) {
        Duration shown = duration.compareTo(SHORTEST) < 0 ? SHORTEST : duration;
        StringBuilder words = new StringBuilder();
        append(words, language, shown.toDays(), "day");
        append(words, language, shown.toHoursPart(), "hour");
        append(words, language, shown.toMinutesPart(), "minute");
        append(words, language, shown.toSecondsPart(), "second");
        return words.toString();
    }

    private static void append(StringBuilder words, Locale language, long count, String unit) {
        if (count > 0) {
            String key = count == 1 ? "duration." + unit : "duration." + unit + "s";
            words.append(words.isEmpty() ? "" : " ").append(count).append(' ').append(Messages.text(language, key));
        }
    }
}
