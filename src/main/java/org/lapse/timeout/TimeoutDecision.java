package org.lapse.timeout;

import java.util.List;
import java.util.Optional;

/**
 * The inactivity timeout of a session, the rule that decided it and the rules that it beat: the answer to "why does
 * Alice have 30 minutes?".
 *
 * @param timeout how long the session may go unused; empty if only its absolute life ends it
 * @param rule the rule that decided; {@link TimeoutRule#NONE} exactly where there is no timeout
 * @param overruled the other rules that set a timeout, in the order group bundles by priority, organization,
 *     application
 * @param reason one English sentence for an administrator
 */
public record TimeoutDecision(
        Optional<InactivityTimeout> timeout, TimeoutRule rule, List<OverruledRule> overruled, String reason) {

    /**
     * Checks that rule and timeout agree.
     *
     * @throws IllegalArgumentException if there is a timeout without a rule or a rule without a timeout
     */
    public TimeoutDecision {
        if (timeout.isPresent() == (rule == TimeoutRule.NONE)) {
            throw new IllegalArgumentException("A rule decides a timeout, and NONE decides none: " + rule);
        }
        overruled = List.copyOf(overruled);
    }
}
