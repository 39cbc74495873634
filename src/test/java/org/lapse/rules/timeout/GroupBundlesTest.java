package org.lapse.rules.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupBundlesTest {

    private static final UUID SUPERVISORS = UUID.randomUUID();
    private static final UUID AGENTS = UUID.randomUUID();
    private static final Optional<ApplicationTimeout> ABSENT = Optional.empty();

    private static final GroupBundle SIXTY_MINUTES_FOR_SUPERVISORS = bundle(1, 60, SUPERVISORS);
    private static final GroupBundle TEN_MINUTES_FOR_AGENTS = bundle(2, 10, AGENTS);
    private static final GroupBundles BUNDLES =
            new GroupBundles(List.of(TEN_MINUTES_FOR_AGENTS, SIXTY_MINUTES_FOR_SUPERVISORS));

    @Test
    void theGroupTimeoutOverridesTheOrganizationWideOneEvenWhereItIsLonger() {
        TimeoutDecision decision = policy(wide(30)).decide(Set.of(SUPERVISORS), ABSENT);

        assertThat(decision.timeout()).isEqualTo(wide(60));
        assertThat(decision.rule()).isEqualTo(TimeoutRule.GROUP);
        assertThat(decision.limit().flatMap(TimeoutLimit::bundlePriority)).contains(1);
        assertThat(decision.reason())
                .isEqualTo("The timeout of the user's group bundle with priority 1 of 1 hour overrides the"
                        + " organization-wide timeout of 30 minutes.");
        assertThat(decision.overruled())
                .containsExactly(new OverruledRule(
                        TimeoutLimit.organizationWide(InactivityTimeout.ofMinutes(30)),
                        WhyOverruled.OVERRIDDEN,
                        "The organization-wide timeout of 30 minutes gives way to the timeout of the user's group bundle"
                                + " with priority 1 of 1 hour."));
    }

    @Test
    void bundleIsCalledByItsName() {
        GroupBundle agents = new GroupBundle(1, Optional.of("Agents"), InactivityTimeout.ofMinutes(60), Set.of(AGENTS));

        TimeoutDecision decision = new TimeoutPolicy(wide(30), new GroupBundles(List.of(agents)), false)
                .atMost(Duration.ofMinutes(45))
                .decide(Set.of(AGENTS), ABSENT);

        assertThat(decision.limit().flatMap(TimeoutLimit::bundleName)).contains("Agents");
        assertThat(decision.reason())
                .startsWith("The timeout of the user's group bundle Agents with priority 1 of 45 minutes overrides");
    }

    @Test
    void ofSeveralBundlesTheBestPriorityDecides() {
        TimeoutDecision decision = policy(Optional.empty()).decide(Set.of(AGENTS, SUPERVISORS), ABSENT);

        assertThat(decision.timeout()).isEqualTo(wide(60));
        assertThat(decision.overruled())
                .containsExactly(new OverruledRule(
                        TimeoutLimit.of(TEN_MINUTES_FOR_AGENTS),
                        WhyOverruled.OVERRIDDEN,
                        "The timeout of the user's group bundle with priority 2 of 10 minutes gives way to the timeout"
                                + " of the user's group bundle with priority 1 of 1 hour."));
    }

    @Test
    void theOrganizationWideTimeoutHoldsForUsersInNoBundle() {
        TimeoutDecision decision = policy(wide(30)).decide(Set.of(UUID.randomUUID()), ABSENT);

        assertThat(decision.rule()).isEqualTo(TimeoutRule.ORGANIZATION);
        assertThat(decision.overruled()).isEmpty();
    }

    @Test
    void withoutAnOrganizationWideTimeoutOnlyMembersHaveOne() {
        assertThat(policy(Optional.empty()).decide(Set.of(AGENTS), ABSENT).timeout())
                .isEqualTo(wide(10));
        assertThat(policy(Optional.empty()).decide(Set.of(), ABSENT).timeout()).isEmpty();
    }

    @Test
    void aShorterApplicationTimeoutOverrulesTheBundle() {
        TimeoutDecision decision = policy(wide(30)).decide(Set.of(SUPERVISORS), minutes(20));

        assertThat(decision.rule()).isEqualTo(TimeoutRule.APPLICATION);
        assertThat(decision.reason())
                .isEqualTo(
                        "The application's [security] inactivity-timeout of 20 minutes is shorter than the timeout of"
                                + " the user's group bundle with priority 1 of 1 hour.");
        assertThat(decision.overruled())
                .extracting(OverruledRule::rule)
                .containsExactly(TimeoutRule.GROUP, TimeoutRule.ORGANIZATION);
    }

    @Test
    void hipaaCapsABundle() {
        TimeoutDecision decision =
                new TimeoutPolicy(Optional.empty(), BUNDLES, true).decide(Set.of(SUPERVISORS, AGENTS), minutes(90));

        assertThat(decision.timeout()).contains(TimeoutPolicy.HIPAA_MAXIMUM);
        assertThat(decision.rule()).isEqualTo(TimeoutRule.HIPAA);
        assertThat(decision.overruled())
                .extracting(OverruledRule::rule)
                .containsExactly(TimeoutRule.GROUP, TimeoutRule.GROUP, TimeoutRule.APPLICATION);
    }

    @Test
    void thePriorityIsFromOneToFive() {
        assertThatIllegalArgumentException().isThrownBy(() -> bundle(0, 10, AGENTS));
        assertThatIllegalArgumentException().isThrownBy(() -> bundle(6, 10, AGENTS));
        assertThat(bundle(5, 10, AGENTS).priority()).isEqualTo(5);
    }

    @Test
    void noTwoBundlesHaveOnePriority() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GroupBundles(List.of(bundle(1, 10, AGENTS), bundle(1, 20, SUPERVISORS))));
    }

    @Test
    void fiveBundlesAreTheMost() {
        List<GroupBundle> five = IntStream.rangeClosed(1, 5)
                .mapToObj(priority -> bundle(priority, 10, UUID.randomUUID()))
                .toList();
        assertThat(new GroupBundles(five).bundles()).hasSize(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GroupBundles(
                        Stream.concat(five.stream(), five.stream().limit(1)).toList()))
                .withMessage("There are at most 5 bundles");
    }

    @Test
    void twentyFiveGroupsOverAllBundlesAreTheMost() {
        GroupBundle twenty = new GroupBundle(1, InactivityTimeout.ofMinutes(10), groups(20));
        GroupBundle five = new GroupBundle(2, InactivityTimeout.ofMinutes(10), groups(5));
        GroupBundle six = new GroupBundle(2, InactivityTimeout.ofMinutes(10), groups(6));

        assertThat(new GroupBundles(List.of(twenty, five)).bundles()).containsExactly(twenty, five);
        assertThatIllegalArgumentException().isThrownBy(() -> new GroupBundles(List.of(twenty, six)));
    }

    @Test
    void theGroupsOfAllBundlesAreTheOnesThatMatter() {
        assertThat(BUNDLES.groups()).containsExactlyInAnyOrder(SUPERVISORS, AGENTS);
        assertThat(GroupBundles.NONE.groups()).isEmpty();
    }

    @Test
    void theBestPriorityComesFirst() {
        assertThat(BUNDLES.bundles()).containsExactly(SIXTY_MINUTES_FOR_SUPERVISORS, TEN_MINUTES_FOR_AGENTS);
    }

    private static TimeoutPolicy policy(Optional<InactivityTimeout> organizationWide) {
        return new TimeoutPolicy(organizationWide, BUNDLES, false);
    }

    private static GroupBundle bundle(int priority, long minutes, UUID group) {
        return new GroupBundle(priority, InactivityTimeout.ofMinutes(minutes), Set.of(group));
    }

    private static Set<UUID> groups(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).collect(Collectors.toSet());
    }

    private static Optional<ApplicationTimeout> minutes(long minutes) {
        return wide(minutes)
                .map(timeout -> new ApplicationTimeout("[security] inactivity-timeout", "minutes", timeout));
    }

    private static Optional<InactivityTimeout> wide(long minutes) {
        return Optional.of(InactivityTimeout.ofMinutes(minutes));
    }
}
