package org.lapse.timeout;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What an organization has decided about unused sessions. The timeout of the user's group bundle overrides the
 * organization-wide one; the shorter of that and the application's holds; and in an organization under HIPAA never more
 * than {@link #HIPAA_MAXIMUM}.
 *
 * @param organizationWide the timeout for every user of the organization, where enabled
 * @param groupBundles the group-specific timeouts; {@link GroupBundles#NONE} where they are switched off
 * @param hipaa whether the organization handles health records, so that every session needs a short timeout (45 CFR
 *     164.312(a)(2)(iii), automatic logoff)
 */
public record TimeoutPolicy(Optional<InactivityTimeout> organizationWide, GroupBundles groupBundles, boolean hipaa) {

    /** The longest timeout in an organization under HIPAA, and the timeout there where nobody sets one. */
    public static final InactivityTimeout HIPAA_MAXIMUM = InactivityTimeout.ofMinutes(15);

    /** The policy of an organization that has decided nothing. */
    public static final TimeoutPolicy NONE = new TimeoutPolicy(Optional.empty(), GroupBundles.NONE, false);

    /**
     * How long a session in an application may go unused.
     *
     * @param userGroups the ids of the groups that the session's user is a member of; none for an application on its own
     * @param applicationTimeout what the application sets; empty where it sets none
     */
    public TimeoutDecision decide(Set<UUID> userGroups, Optional<ApplicationTimeout> applicationTimeout) {
        List<Limit> organizational = Stream.concat(
                        groupBundles.governing(userGroups).stream().map(Limit::of),
                        organizationWide.map(timeout -> Limit.of(TimeoutRule.ORGANIZATION, timeout)).stream())
                .toList();
        Optional<Limit> application = applicationTimeout.map(Limit::of);
        Limits limits = new Limits(organizational, application);
        Optional<Limit> shortest = limits.shortest();
        if (hipaa && shortest.filter(Limit::satisfiesHipaa).isEmpty()) {
            return limits.decidedByHipaa();
        }
        return shortest.map(limits::decidedBy).orElseGet(Limits::undecided);
    }

    private static String capitalized(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /**
     * All the limits to one session.
     *
     * @param organizational those of the organization; the first overrides the rest
     * @param application that of the application
     */
    private record Limits(List<Limit> organizational, Optional<Limit> application) {

        /** The limits that are compared: the one that speaks for the organization, and the application's. */
        private Stream<Limit> contenders() {
            return Stream.concat(organizational.stream().limit(1), application.stream());
        }

        private Stream<Limit> overridden() {
            return organizational.stream().skip(1);
        }

        Optional<Limit> shortest() {
            return contenders().reduce((a, b) -> b.isShorterThan(a) ? b : a);
        }

        TimeoutDecision decidedBy(Limit winner) {
            String reason = contenders()
                    .filter(limit -> !limit.equals(winner))
                    .findFirst()
                    .map(winner::comparedTo)
                    .or(() -> overridden().findFirst().map(winner::overriding))
                    .orElseGet(() -> winner.inWords() + " is the only one.");
            return decision(winner, reason);
        }

        TimeoutDecision decidedByHipaa() {
            Limit maximum = Limit.of(TimeoutRule.HIPAA, HIPAA_MAXIMUM);
            return decision(
                    maximum,
                    shortest()
                            .map(maximum::comparedTo)
                            .orElseGet(
                                    () -> maximum.inWords()
                                            + " applies, because neither the organization nor the application sets a timeout."));
        }

        static TimeoutDecision undecided() {
            return new TimeoutDecision(
                    Optional.empty(),
                    TimeoutRule.NONE,
                    List.of(),
                    "Neither the organization nor the application sets a timeout: only its absolute life ends a"
                            + " session.");
        }

        private TimeoutDecision decision(Limit winner, String reason) {
            return new TimeoutDecision(
                    Optional.of(winner.timeout()), winner.rule(), overruledBy(winner), capitalized(reason));
        }

        private List<OverruledRule> overruledBy(Limit winner) {
            Stream<OverruledRule> first = organizational.stream()
                    .limit(1)
                    .filter(limit -> !limit.equals(winner))
                    .map(limit -> limit.overruled(limit.comparedTo(winner)));
            Stream<OverruledRule> rest =
                    overridden().map(limit -> limit.overruled(limit.givingWayTo(organizational.get(0))));
            Stream<OverruledRule> last = application.stream()
                    .filter(limit -> !limit.equals(winner))
                    .map(limit -> limit.overruled(limit.comparedTo(winner)));
            return Stream.of(first, rest, last).flatMap(overruled -> overruled).toList();
        }
    }

    /** A rule together with the timeout that it sets, and what administrators call it in the middle of a sentence. */
    private record Limit(TimeoutRule rule, InactivityTimeout timeout, String words) {

        static Limit of(TimeoutRule rule, InactivityTimeout timeout) {
            return new Limit(rule, timeout, rule.words());
        }

        static Limit of(ApplicationTimeout application) {
            return new Limit(
                    TimeoutRule.APPLICATION,
                    application.timeout(),
                    TimeoutRule.APPLICATION.words() + " " + application.option());
        }

        static Limit of(GroupBundle bundle) {
            return new Limit(
                    TimeoutRule.GROUP,
                    bundle.timeout(),
                    TimeoutRule.GROUP.words() + " with priority " + bundle.priority());
        }

        boolean isShorterThan(Limit other) {
            return timeout.isShorterThan(other.timeout);
        }

        boolean satisfiesHipaa() {
            return timeout.compareTo(HIPAA_MAXIMUM) <= 0;
        }

        String inWords() {
            return words + " of " + timeout.inWords();
        }

        String comparedTo(Limit other) {
            int comparison = timeout.compareTo(other.timeout);
            String relation = comparison < 0 ? " is shorter than " : comparison > 0 ? " is longer than " : " equals ";
            return inWords() + relation + other.inWords() + ".";
        }

        String overriding(Limit other) {
            return inWords() + " overrides " + other.inWords() + ".";
        }

        String givingWayTo(Limit other) {
            return inWords() + " gives way to " + other.inWords() + ".";
        }

        OverruledRule overruled(String reason) {
            return new OverruledRule(rule, timeout, capitalized(reason));
        }
    }
}
