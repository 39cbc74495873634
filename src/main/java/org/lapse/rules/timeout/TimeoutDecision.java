package org.lapse.rules.timeout;

import java.util.List;
import java.util.Optional;

/**
 * The inactivity timeout of a session, the rule that decided it and the rules that it beat: the answer to "why does
 * Alice have 30 minutes?".
 *
 * @param limit the rule that decided, and how long the session may go unused; empty if only its absolute life ends it
 * @param overruled the other rules that set a timeout, in the order group bundles by priority, organization,
 *     application, HIPAA
 * @param reason one English sentence for an administrator
 */
public record TimeoutDecision(Optional<TimeoutLimit> limit, List<OverruledRule> overruled, String reason) {

    /** Keeps a copy of the list. */
    public TimeoutDecision {
        overruled = List.copyOf(overruled);
    }

    /** How long the session may go unused; empty if only its absolute life ends it. */
    public Optional<InactivityTimeout> timeout() {
        return limit.map(TimeoutLimit::timeout);
    }

    /** The rule that decided; {@link TimeoutRule#NONE} exactly where there is no timeout. */
    public TimeoutRule rule() {
        return limit.map(TimeoutLimit::rule).orElse(TimeoutRule.NONE);
    }
}
