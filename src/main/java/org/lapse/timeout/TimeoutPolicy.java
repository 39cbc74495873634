package org.lapse.timeout;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an organization has decided about unused sessions. The shorter of its own timeout and the application's holds,
 * and in an organization under HIPAA never more than {@link #HIPAA_MAXIMUM}.
 *
 * @param organizationWide the timeout for every user of the organization, where enabled
 * @param hipaa whether the organization handles health records, so that every session needs a short timeout (45 CFR
 *     164.312(a)(2)(iii), automatic logoff)
 */
public record TimeoutPolicy(Optional<InactivityTimeout> organizationWide, boolean hipaa) {

    /** The longest timeout in an organization under HIPAA, and the timeout there where nobody sets one. */
    public static final InactivityTimeout HIPAA_MAXIMUM = InactivityTimeout.ofMinutes(15);

    /** The policy of an organization that has decided nothing. */
    public static final TimeoutPolicy NONE = new TimeoutPolicy(Optional.empty(), false);

    /**
     * How long a session in an application may go unused.
     *
     * @param applicationTimeout the application's own option; empty where it is absent or 0
     */
    public TimeoutDecision decide(Optional<InactivityTimeout> applicationTimeout) {
        List<Limit> limits = Stream.of(
                        organizationWide.map(timeout -> new Limit(TimeoutRule.ORGANIZATION, timeout)),
                        applicationTimeout.map(timeout -> new Limit(TimeoutRule.APPLICATION, timeout)))
                .flatMap(Optional::stream)
                .toList();
        Optional<Limit> shortest = limits.stream().reduce((a, b) -> b.isShorterThan(a) ? b : a);
        if (hipaa && shortest.filter(Limit::satisfiesHipaa).isEmpty()) {
            return decidedByHipaa(limits, shortest);
        }
        return shortest.map(limit -> decidedBy(limit, limits)).orElseGet(TimeoutPolicy::undecided);
    }

    private static TimeoutDecision decidedBy(Limit winner, List<Limit> limits) {
        String reason = limits.stream()
                .filter(limit -> limit.rule() != winner.rule())
                .findFirst()
                .map(winner::comparedTo)
                .orElseGet(() -> winner.inWords() + " is the only one.");
        return new TimeoutDecision(
                Optional.of(winner.timeout()), winner.rule(), overruledBy(winner, limits), capitalized(reason));
    }

    private static TimeoutDecision decidedByHipaa(List<Limit> limits, Optional<Limit> shortest) {
        Limit maximum = new Limit(TimeoutRule.HIPAA, HIPAA_MAXIMUM);
        String reason = shortest.map(maximum::comparedTo)
                .orElse(maximum.inWords() + " applies, because neither the organization nor the application sets a"
                        + " timeout.");
        return new TimeoutDecision(
                Optional.of(HIPAA_MAXIMUM), TimeoutRule.HIPAA, overruledBy(maximum, limits), capitalized(reason));
    }

    private static TimeoutDecision undecided() {
        return new TimeoutDecision(
                Optional.empty(),
                TimeoutRule.NONE,
                List.of(),
                "Neither the organization nor the application sets a timeout: only its absolute life ends a session.");
    }

    private static List<OverruledRule> overruledBy(Limit winner, List<Limit> limits) {
        return limits.stream()
                .filter(limit -> limit.rule() != winner.rule())
                .map(limit -> new OverruledRule(limit.rule(), limit.timeout(), capitalized(limit.comparedTo(winner))))
                .toList();
    }

    private static String capitalized(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** A rule together with the timeout that it sets. */
    private record Limit(TimeoutRule rule, InactivityTimeout timeout) {

        boolean isShorterThan(Limit other) {
            return timeout.isShorterThan(other.timeout);
        }

        boolean satisfiesHipaa() {
            return timeout.compareTo(HIPAA_MAXIMUM) <= 0;
        }

        String inWords() {
            return rule.words() + " of " + timeout.inWords();
        }

        String comparedTo(Limit other) {
            int comparison = timeout.compareTo(other.timeout);
            String relation = comparison < 0 ? " is shorter than " : comparison > 0 ? " is longer than " : " equals ";
            return inWords() + relation + other.inWords() + ".";
        }
    }
}
