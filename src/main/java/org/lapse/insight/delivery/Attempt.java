package org.lapse.insight.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of sending something once.
 *
 * @param delivery what was sent
 * @param outcome whether it arrived, or is sent again
 * @param at when that was known
 * @param retryAfter how long the receiver wants to be left alone; zero where it does not say
 * @param error what went wrong, for an administrator; null where nothing did
 */
record Attempt(
        Delivery delivery,
        DeliveryOutcome outcome,
        Instant at,
        Duration retryAfter,
        @Nullable String error) {
    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30));
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int SPREAD_PERCENT = 20;

    /** It has arrived. */
    static Attempt delivered(Delivery delivery, Instant at) {
        return new Attempt(delivery, DeliveryOutcome.DELIVERED, at, Duration.ZERO, null);
    }

    /** There is nobody any more who wants it. */
    static Attempt dropped(Delivery delivery, Instant at) {
        return new Attempt(delivery, DeliveryOutcome.DROPPED, at, Duration.ZERO, null);
    }

    /** The receiver will never have it. */
    static Attempt refused(Delivery delivery, Instant at, String error) {
        return new Attempt(delivery, DeliveryOutcome.REFUSED, at, Duration.ZERO, error);
    }

    /** It did not arrive, and is sent again unless its time is over. */
    static Attempt failed(Delivery delivery, Instant at, Duration retryAfter, String error) {
        DeliveryOutcome outcome = at.isBefore(delivery.giveUpAt()) ? DeliveryOutcome.FAILED : DeliveryOutcome.GIVEN_UP;
        return new Attempt(delivery, outcome, at, retryAfter, error);
    }

    /** Whether it did not reach its receiver. */
    boolean hasFailed() {
        return outcome == DeliveryOutcome.FAILED || outcome == DeliveryOutcome.GIVEN_UP;
    }

    /** When it is sent again, or given up. */
    Instant nextAt() {
        Instant next = at.plus(longer(spread(waitAfter(delivery.attempts())), atMostAnHour(retryAfter)));
        return next.isBefore(delivery.giveUpAt()) ? next : delivery.giveUpAt();
    }

    /** How long to wait after one more failure than there were before. */
    static Duration waitAfter(int failuresBefore) {
        return failuresBefore < WAITS.size() ? WAITS.get(failuresBefore) : LONGEST_WAIT;
    }

    /** Up to a fifth more or less, by the id and the attempt, so that not all come again at once. */
    private Duration spread(Duration wait) {
        int place = Math.floorMod(delivery.id().hashCode() * 31 + delivery.attempts(), 2 * SPREAD_PERCENT + 1);
        return wait.multipliedBy(100 - SPREAD_PERCENT + place).dividedBy(100);
    }

    private static Duration atMostAnHour(Duration asked) {
        return asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
