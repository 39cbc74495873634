package org.lapse.timeout;

/**
 * A rule that set a timeout for the session and did not decide, with the reason why not.
 *
 * @param rule the rule that was beaten
 * @param timeout what it would have given
 * @param reason one English sentence for an administrator
 */
public record OverruledRule(TimeoutRule rule, InactivityTimeout timeout, String reason) {

    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if the rule is {@link TimeoutRule#NONE}, which sets nothing
     */
    public OverruledRule {
        if (rule == TimeoutRule.NONE) {
            throw new IllegalArgumentException("The absence of a rule cannot be overruled");
        }
    }
}
