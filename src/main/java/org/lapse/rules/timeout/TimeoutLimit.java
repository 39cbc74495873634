package org.lapse.rules.timeout;

import java.util.Optional;

/**
 * A timeout, the rule that sets it, and where in that rule an administrator finds it.
 *
 * @param rule who sets it
 * @param timeout how long a session may go unused
 * @param bundlePriority the priority of the group bundle that sets it; empty unless the rule is {@link
 *     TimeoutRule#GROUP}
 * @param bundleName what administrators call that bundle; empty where it has no name
 * @param option the option that sets it, such as {@code [security] inactivity-timeout}; empty unless the rule is
 *     {@link TimeoutRule#APPLICATION}
 */
public record TimeoutLimit(
        TimeoutRule rule,
        InactivityTimeout timeout,
        Optional<Integer> bundlePriority,
        Optional<String> bundleName,
        Optional<String> option) {

    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if the rule is {@link TimeoutRule#NONE}, which sets nothing
     */
    public TimeoutLimit {
        if (rule == TimeoutRule.NONE) {
            throw new IllegalArgumentException("The absence of a rule sets no timeout");
        }
    }

    static TimeoutLimit organizationWide(InactivityTimeout timeout) {
        return new TimeoutLimit(
                TimeoutRule.ORGANIZATION, timeout, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static TimeoutLimit hipaa(InactivityTimeout maximum) {
        return new TimeoutLimit(TimeoutRule.HIPAA, maximum, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static TimeoutLimit of(GroupBundle bundle) {
        return new TimeoutLimit(
                TimeoutRule.GROUP, bundle.timeout(), Optional.of(bundle.priority()), bundle.name(), Optional.empty());
    }

    static TimeoutLimit of(ApplicationTimeout application) {
        return new TimeoutLimit(
                TimeoutRule.APPLICATION,
                application.timeout(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(application.option()));
    }

    boolean isShorterThan(TimeoutLimit other) {
        return timeout.isShorterThan(other.timeout);
    }

    /** What administrators call it in the middle of a sentence. */
    String inWords() {
        return rule.words()
                + bundleName.map(name -> " " + name).orElse("")
                + bundlePriority.map(priority -> " with priority " + priority).orElse("")
                + option.map(place -> " " + place).orElse("")
                + " of " + timeout.inWords();
    }
}
