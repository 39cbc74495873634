package org.lapse.rules.timeout;

import java.time.Duration;
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
     * @param userGroups the ids of the groups that the session's user is a member of; none for an application on its
     *     own
     * @param applicationTimeout what the application sets; empty where it sets none
     */
    public TimeoutDecision decide(Set<UUID> userGroups, Optional<ApplicationTimeout> applicationTimeout) {
        List<TimeoutLimit> organizational = Stream.concat(
                        groupBundles.governing(userGroups).stream().map(TimeoutLimit::of),
                        organizationWide.map(TimeoutLimit::organizationWide).stream())
                .toList();
        Limits limits = new Limits(
                organizational,
                applicationTimeout.map(TimeoutLimit::of),
                hipaa ? Optional.of(TimeoutLimit.hipaa(HIPAA_MAXIMUM)) : Optional.empty());
        Optional<TimeoutLimit> shortest = limits.shortest();
        if (hipaa && shortest.filter(TimeoutPolicy::satisfiesHipaa).isEmpty()) {
            return limits.decidedByHipaa();
        }
        return shortest.map(limits::decidedBy).orElseGet(Limits::undecided);
    }

    /** This policy, in which no timeout is longer than the longest that is permitted. */
    public TimeoutPolicy atMost(Duration longest) {
        return new TimeoutPolicy(
                organizationWide.map(timeout -> timeout.atMost(longest)), groupBundles.atMost(longest), hipaa);
    }

    private static boolean satisfiesHipaa(TimeoutLimit limit) {
        return limit.timeout().compareTo(HIPAA_MAXIMUM) <= 0;
    }

    private static String capitalized(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /**
     * All the limits to one session.
     *
     * @param organizational those of the organization; the first overrides the rest
     * @param application that of the application
     * @param maximum that of HIPAA, where the organization is under it
     */
    private record Limits(
            List<TimeoutLimit> organizational, Optional<TimeoutLimit> application, Optional<TimeoutLimit> maximum) {

        /** The limits that are compared: the one that speaks for the organization, and the application's. */
        private Stream<TimeoutLimit> contenders() {
            return Stream.concat(organizational.stream().limit(1), application.stream());
        }

        private Stream<TimeoutLimit> overridden() {
            return organizational.stream().skip(1);
        }

        Optional<TimeoutLimit> shortest() {
            return contenders().reduce((a, b) -> b.isShorterThan(a) ? b : a);
        }

        TimeoutDecision decidedBy(TimeoutLimit winner) {
            String reason = contenders()
                    .filter(limit -> !limit.equals(winner))
                    .findFirst()
                    .map(loser -> comparison(winner, loser))
                    .or(() -> overridden().findFirst().map(loser -> sentence(winner, " overrides ", loser)))
                    .orElseGet(() -> capitalized(winner.inWords()) + " is the only one.");
            return decision(winner, reason);
        }

        TimeoutDecision decidedByHipaa() {
            TimeoutLimit maximum = TimeoutLimit.hipaa(HIPAA_MAXIMUM);
            return decision(
                    maximum,
                    shortest()
                            .map(loser -> comparison(maximum, loser))
                            .orElseGet(
                                    () -> capitalized(maximum.inWords())
                                            + " applies, because neither the organization nor the application sets a timeout."));
        }

        static TimeoutDecision undecided() {
            return new TimeoutDecision(
                    Optional.empty(),
                    List.of(),
                    "Neither the organization nor the application sets a timeout: only its absolute life ends a"
                            + " session.");
        }

        private TimeoutDecision decision(TimeoutLimit winner, String reason) {
            return new TimeoutDecision(Optional.of(winner), overruledBy(winner), reason);
        }

        private List<OverruledRule> overruledBy(TimeoutLimit winner) {
            Stream<OverruledRule> first = organizational.stream()
                    .limit(1)
                    .filter(limit -> !limit.equals(winner))
                    .map(limit -> beaten(limit, winner));
            Stream<OverruledRule> rest =
                    overridden().map(limit -> overruled(limit, WhyOverruled.OVERRIDDEN, organizational.get(0)));
            Stream<OverruledRule> last = Stream.concat(application.stream(), maximum.stream())
                    .filter(limit -> !limit.equals(winner))
                    .map(limit -> beaten(limit, winner));
            return Stream.of(first, rest, last).flatMap(overruled -> overruled).toList();
        }

        private static OverruledRule beaten(TimeoutLimit loser, TimeoutLimit winner) {
            return overruled(loser, WhyOverruled.comparing(loser, winner), winner);
        }

        private static OverruledRule overruled(TimeoutLimit loser, WhyOverruled why, TimeoutLimit by) {
            return new OverruledRule(loser, why, sentence(loser, why.words(), by));
        }

        private static String comparison(TimeoutLimit winner, TimeoutLimit loser) {
            return sentence(winner, winner.isShorterThan(loser) ? " is shorter than " : " equals ", loser);
        }

        private static String sentence(TimeoutLimit subject, String relation, TimeoutLimit object) {
            return capitalized(subject.inWords()) + relation + object.inWords() + ".";
        }
    }
}
