package org.lapse.rules.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.rules.timeout.TimeoutPolicy.HIPAA_MAXIMUM;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every policy, every user and every application. */
class TimeoutPolicyLawsTest {

    private static final List<UUID> GROUPS =
            IntStream.range(0, 4).mapToObj(number -> new UUID(0, number)).toList();

    @Property(seed = "1")
    void theTimeoutIsTheShortestOfTheOrganizationsTheApplicationsAndTheMaximum(
            @ForAll("policies") TimeoutPolicy policy,
            @ForAll("groups") Set<UUID> groups,
            @ForAll("applicationTimeouts") Optional<ApplicationTimeout> application) {
        TimeoutDecision decision = policy.decide(groups, application);

        Optional<InactivityTimeout> organization =
                bestBundle(policy, groups).map(GroupBundle::timeout).or(policy::organizationWide);
        Optional<InactivityTimeout> maximum = policy.hipaa() ? Optional.of(HIPAA_MAXIMUM) : Optional.empty();
        assertThat(decision.timeout())
                .isEqualTo(Stream.of(organization, application.map(ApplicationTimeout::timeout), maximum)
                        .flatMap(Optional::stream)
                        .sorted()
                        .findFirst());
    }

    @Property(seed = "2")
    void hipaaNeverLengthens(
            @ForAll("policies") TimeoutPolicy policy,
            @ForAll("groups") Set<UUID> groups,
            @ForAll("applicationTimeouts") Optional<ApplicationTimeout> application) {
        Optional<InactivityTimeout> without =
                under(policy, false).decide(groups, application).timeout();
        InactivityTimeout with =
                under(policy, true).decide(groups, application).timeout().orElseThrow();

        assertThat(with).isLessThanOrEqualTo(HIPAA_MAXIMUM).isLessThanOrEqualTo(without.orElse(with));
    }

    @Property(seed = "3")
    void theRuleThatDecidesIsTheOneThatSetTheTimeout(
            @ForAll("policies") TimeoutPolicy policy,
            @ForAll("groups") Set<UUID> groups,
            @ForAll("applicationTimeouts") Optional<ApplicationTimeout> application) {
        TimeoutDecision decision = policy.decide(groups, application);

        assertThat(decision.timeout())
                .isEqualTo(
                        switch (decision.rule()) {
                            case GROUP -> bestBundle(policy, groups).map(GroupBundle::timeout);
                            case ORGANIZATION -> policy.organizationWide();
                            case APPLICATION -> application.map(ApplicationTimeout::timeout);
                            case HIPAA -> Optional.of(HIPAA_MAXIMUM);
                            case NONE -> Optional.empty();
                        });
    }

    @Property(seed = "4")
    void everyRuleThatExistsDecidesOrIsOverruled(
            @ForAll("policies") TimeoutPolicy policy,
            @ForAll("groups") Set<UUID> groups,
            @ForAll("applicationTimeouts") Optional<ApplicationTimeout> application) {
        TimeoutDecision decision = policy.decide(groups, application);

        List<TimeoutRule> named = Stream.concat(
                        Stream.of(decision.rule()),
                        decision.overruled().stream().map(OverruledRule::rule))
                .toList();
        assertThat(named.stream().filter(TimeoutRule.GROUP::equals))
                .hasSize(policy.groupBundles().governing(groups).size());
        assertThat(named.stream().filter(rule -> rule != TimeoutRule.GROUP)).doesNotHaveDuplicates();
        assertThat(named.contains(TimeoutRule.ORGANIZATION))
                .isEqualTo(policy.organizationWide().isPresent());
        assertThat(named.contains(TimeoutRule.APPLICATION)).isEqualTo(application.isPresent());
    }

    @Property(seed = "5")
    void noOverruledTimeoutIsShorterUnlessABetterBundleOverridesIt(
            @ForAll("policies") TimeoutPolicy policy,
            @ForAll("groups") Set<UUID> groups,
            @ForAll("applicationTimeouts") Optional<ApplicationTimeout> application) {
        TimeoutDecision decision = policy.decide(groups, application);

        assertThat(decision.overruled())
                .filteredOn(overruled -> overruled.why() != WhyOverruled.OVERRIDDEN)
                .allSatisfy(overruled -> assertThat(overruled.timeout())
                        .isGreaterThanOrEqualTo(decision.timeout().orElseThrow()));
    }

    @Property(seed = "6")
    void everyReasonIsOneSentence(
            @ForAll("policies") TimeoutPolicy policy,
            @ForAll("groups") Set<UUID> groups,
            @ForAll("applicationTimeouts") Optional<ApplicationTimeout> application) {
        TimeoutDecision decision = policy.decide(groups, application);

        assertThat(Stream.concat(
                        Stream.of(decision.reason()),
                        decision.overruled().stream().map(OverruledRule::reason)))
                .allMatch(reason -> reason.matches("[A-Z][^.]+\\."));
    }

    @Property(seed = "7")
    void aBundleOfWorsePriorityNeverChangesTheTimeoutOfAUserWhoIsInABetterOne(
            @ForAll("policies") TimeoutPolicy policy,
            @ForAll("groups") Set<UUID> groups,
            @ForAll("applicationTimeouts") Optional<ApplicationTimeout> application) {
        List<GroupBundle> bundles = policy.groupBundles().bundles();
        Optional<GroupBundle> best = bestBundle(policy, groups);
        List<GroupBundle> withoutWorse = bundles.stream()
                .filter(bundle ->
                        best.isEmpty() || bundle.priority() <= best.get().priority())
                .toList();
        TimeoutPolicy fewer =
                new TimeoutPolicy(policy.organizationWide(), new GroupBundles(withoutWorse), policy.hipaa());

        TimeoutDecision all = policy.decide(groups, application);
        TimeoutDecision less = fewer.decide(groups, application);

        assertThat(all.timeout()).isEqualTo(less.timeout());
        assertThat(all.rule()).isEqualTo(less.rule());
    }

    @Property(seed = "8")
    void aGroupThatIsInNoBundleChangesNothing(
            @ForAll("policies") TimeoutPolicy policy,
            @ForAll("groups") Set<UUID> groups,
            @ForAll("applicationTimeouts") Optional<ApplicationTimeout> application) {
        Set<UUID> more =
                Stream.concat(groups.stream(), Stream.of(new UUID(1, 1))).collect(Collectors.toSet());

        assertThat(policy.decide(more, application)).isEqualTo(policy.decide(groups, application));
    }

    private static TimeoutPolicy under(TimeoutPolicy policy, boolean hipaa) {
        return new TimeoutPolicy(policy.organizationWide(), policy.groupBundles(), hipaa);
    }

    private static Optional<GroupBundle> bestBundle(TimeoutPolicy policy, Set<UUID> groups) {
        return policy.groupBundles().bundles().stream()
                .filter(bundle -> bundle.groups().stream().anyMatch(groups::contains))
                .min((a, b) -> Integer.compare(a.priority(), b.priority()));
    }

    /** Whole minutes up to an hour, so that equal ones and the HIPAA maximum come up often. */
    @Provide
    Arbitrary<Optional<InactivityTimeout>> timeouts() {
        return minutes().optional(0.8);
    }

    @Provide
    Arbitrary<Optional<ApplicationTimeout>> applicationTimeouts() {
        return minutes()
                .map(timeout -> new ApplicationTimeout("[security] inactivity-timeout", "minutes", timeout))
                .optional(0.8);
    }

    @Provide
    Arbitrary<Set<UUID>> groups() {
        return Arbitraries.of(GROUPS).set().ofMaxSize(3);
    }

    @Provide
    Arbitrary<TimeoutPolicy> policies() {
        Arbitrary<GroupBundle> bundle = Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        minutes(),
                        Arbitraries.of(GROUPS).set().ofMinSize(1).ofMaxSize(3))
                .as(GroupBundle::new);
        Arbitrary<GroupBundles> bundles =
                bundle.list().ofMaxSize(5).uniqueElements(GroupBundle::priority).map(GroupBundles::new);
        return Combinators.combine(timeouts(), bundles, Arbitraries.of(true, false))
                .as(TimeoutPolicy::new);
    }

    private static Arbitrary<InactivityTimeout> minutes() {
        return Arbitraries.longs().between(1, 60).map(InactivityTimeout::ofMinutes);
    }
}
