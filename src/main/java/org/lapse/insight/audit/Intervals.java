package org.lapse.insight.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;

/**
 * A stretch of time in pieces of one length.
 *
 * @param from its beginning, in whole seconds
 * @param length the length of a piece, in whole seconds
 * @param number how many pieces there are
 */
record Intervals(Instant from, Duration length, int number) {
    private static final int MOST = 1000;

    /**
     * The time that a filter spans.
     *
     * @throws ApiException 400 {@code invalid.value} where it spans none, or not a whole number of pieces
     */
    static Intervals of(AuditFilter filter, @Nullable String intervalSeconds) {
        Instant from = filter.from();
        Instant to = filter.to();
        if (from == null || !from.truncatedTo(ChronoUnit.SECONDS).equals(from)) {
            throw ApiException.invalidValue("from", "The time begins at a whole second.");
        }
        if (to == null) {
            throw ApiException.invalidValue("to", "The time has an end.");
        }
        if (intervalSeconds == null || !intervalSeconds.matches("[1-9]\\d{0,8}")) {
            throw ApiException.invalidValue("intervalSeconds", "An interval is a whole number of seconds.");
        }
        Duration length = Duration.ofSeconds(Long.parseLong(intervalSeconds));
        long number = Duration.between(from, to).dividedBy(length);
        if (number < 1
                || number > MOST
                || !from.plus(length.multipliedBy(number)).equals(to)) {
            throw ApiException.invalidValue(
                    "to", "The time is a whole number of intervals, from 1 to " + MOST + " of them.");
        }
        return new Intervals(from, length, (int) number);
    }
}
