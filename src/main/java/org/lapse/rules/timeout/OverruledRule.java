package org.lapse.rules.timeout;

/**
 * A rule that set a timeout for the session and did not decide, with the reason why not.
 *
 * @param limit the rule that was beaten, and what it would have given
 * @param why why it did not decide
 * @param reason the same in one English sentence for an administrator
 */
public record OverruledRule(TimeoutLimit limit, WhyOverruled why, String reason) {

    /** The rule that was beaten. */
    public TimeoutRule rule() {
        return limit.rule();
    }

    /** What it would have given. */
    public InactivityTimeout timeout() {
        return limit.timeout();
    }
}
