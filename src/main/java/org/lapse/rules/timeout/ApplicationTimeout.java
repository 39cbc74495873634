package org.lapse.rules.timeout;

import java.time.Duration;

/**
 * The timeout that an application sets, and where its administrator finds it.
 *
 * @param option the option that sets it, such as {@code [security] inactivity-timeout}
 * @param unit the unit in which that option counts, such as {@code minutes}
 * @param timeout how long sessions of the application may go unused
 */
public record ApplicationTimeout(String option, String unit, InactivityTimeout timeout) {

    /** This timeout, or the longest that is permitted where it is longer than that. */
    public ApplicationTimeout atMost(Duration longest) {
        return new ApplicationTimeout(option, unit, timeout.atMost(longest));
    }

    /** The shorter of the two; the first where they are equal. */
    public static ApplicationTimeout shorterOf(ApplicationTimeout a, ApplicationTimeout b) {
        return b.timeout.isShorterThan(a.timeout) ? b : a;
    }
}
