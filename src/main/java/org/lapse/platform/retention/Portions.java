package org.lapse.platform.retention;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Forgetting in portions that the database is done with in the time of a statement. What was over within an hour goes
 * at a time, and within half of the time wherever that fails.
 */
final class Portions {
    static final Duration LARGEST = Duration.ofHours(1);
    static final Duration SMALLEST = Duration.ofMinutes(1);

    private Portions() {}

    /**
     * Forgets all there is.
     *
     * @param forget forgets a portion, and says whether there may be more
     * @param progress called after each attempt
     * @throws RuntimeException what was thrown for the smallest portion
     */
    static void forgetAll(Predicate<Duration> forget, Runnable progress) {
        Duration portion = LARGEST;
        boolean more = true;
        while (more) {
            try {
                more = forget.test(portion);
            } catch (RuntimeException e) {
                portion = portion.dividedBy(2);
                if (portion.compareTo(SMALLEST) < 0) {
                    throw e;
                }
            }
            progress.run();
        }
    }
}
