package org.lapse.rules.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.rules.timeout.TimeoutPolicy.HIPAA_MAXIMUM;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeoutPolicyTest {

    private static final Optional<ApplicationTimeout> ABSENT = Optional.empty();
    private static final Set<UUID> NO_GROUPS = Set.of();

    @Test
    void withoutAnyRuleOnlyTheAbsoluteLifeEndsASession() {
        TimeoutDecision decision = TimeoutPolicy.NONE.decide(NO_GROUPS, ABSENT);

        assertThat(decision.timeout()).isEmpty();
        assertThat(decision.rule()).isEqualTo(TimeoutRule.NONE);
        assertThat(decision.overruled()).isEmpty();
        assertThat(decision.reason())
                .isEqualTo("Neither the organization nor the application sets a timeout: only its absolute life ends a"
                        + " session.");
    }

    @Test
    void theOrganizationWideTimeoutHoldsWhereTheApplicationHasNone() {
        TimeoutDecision decision = organization(wide(30)).decide(NO_GROUPS, ABSENT);

        assertThat(decision.timeout()).isEqualTo(wide(30));
        assertThat(decision.rule()).isEqualTo(TimeoutRule.ORGANIZATION);
        assertThat(decision.overruled()).isEmpty();
        assertThat(decision.reason()).isEqualTo("The organization-wide timeout of 30 minutes is the only one.");
    }

    @Test
    void theApplicationsTimeoutHoldsWhereTheOrganizationHasNone() {
        TimeoutDecision decision = TimeoutPolicy.NONE.decide(NO_GROUPS, minutes(10));

        assertThat(decision.timeout()).isEqualTo(wide(10));
        assertThat(decision.rule()).isEqualTo(TimeoutRule.APPLICATION);
        assertThat(decision.overruled()).isEmpty();
        assertThat(decision.reason())
                .isEqualTo("The application's [security] inactivity-timeout of 10 minutes is the only one.");
    }

    @Test
    void aShorterApplicationTimeoutOverrulesTheOrganizationWideOne() {
        TimeoutDecision decision = organization(wide(30)).decide(NO_GROUPS, minutes(10));

        assertThat(decision.timeout()).isEqualTo(wide(10));
        assertThat(decision.rule()).isEqualTo(TimeoutRule.APPLICATION);
        assertThat(decision.reason())
                .isEqualTo("The application's [security] inactivity-timeout of 10 minutes is shorter than the"
                        + " organization-wide timeout of 30 minutes.");
        assertThat(decision.overruled())
                .containsExactly(new OverruledRule(
                        TimeoutLimit.organizationWide(InactivityTimeout.ofMinutes(30)),
                        WhyOverruled.LONGER,
                        "The organization-wide timeout of 30 minutes is longer than the application's [security]"
                                + " inactivity-timeout of 10 minutes."));
    }

    @Test
    void aLongerApplicationTimeoutIsOverruledByTheOrganizationWideOne() {
        TimeoutDecision decision = organization(wide(10)).decide(NO_GROUPS, minutes(30));

        assertThat(decision.timeout()).isEqualTo(wide(10));
        assertThat(decision.rule()).isEqualTo(TimeoutRule.ORGANIZATION);
        assertThat(decision.reason())
                .isEqualTo("The organization-wide timeout of 10 minutes is shorter than the application's [security]"
                        + " inactivity-timeout of 30 minutes.");
        assertThat(decision.overruled()).extracting(OverruledRule::rule).containsExactly(TimeoutRule.APPLICATION);
    }

    @Test
    void ofTwoEqualTimeoutsTheOrganizationWideOneDecides() {
        TimeoutDecision decision = organization(wide(20)).decide(NO_GROUPS, minutes(20));

        assertThat(decision.rule()).isEqualTo(TimeoutRule.ORGANIZATION);
        assertThat(decision.reason())
                .isEqualTo("The organization-wide timeout of 20 minutes equals the application's [security]"
                        + " inactivity-timeout of 20 minutes.");
        assertThat(decision.overruled()).extracting(OverruledRule::rule).containsExactly(TimeoutRule.APPLICATION);
        assertThat(decision.overruled()).extracting(OverruledRule::why).containsExactly(WhyOverruled.EQUAL);
    }

    @Test
    void theReasonNamesTheOptionOfTheApplicationThatDecided() {
        ApplicationTimeout telephone =
                new ApplicationTimeout("[telephone] attempts", "attempts", InactivityTimeout.ofSeconds(30));

        TimeoutDecision decision = organization(wide(10)).decide(NO_GROUPS, Optional.of(telephone));

        assertThat(decision.reason())
                .isEqualTo("The application's [telephone] attempts of 30 seconds is shorter than the organization-wide"
                        + " timeout of 10 minutes.");
        assertThat(decision.limit().flatMap(TimeoutLimit::option)).contains("[telephone] attempts");
    }

    @Test
    void theHipaaMaximumIsFifteenMinutes() {
        assertThat(HIPAA_MAXIMUM.duration()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void hipaaSuppliesATimeoutWhereThereIsNone() {
        TimeoutDecision decision = hipaa(Optional.empty()).decide(NO_GROUPS, ABSENT);

        assertThat(decision.timeout()).contains(HIPAA_MAXIMUM);
        assertThat(decision.rule()).isEqualTo(TimeoutRule.HIPAA);
        assertThat(decision.overruled()).isEmpty();
        assertThat(decision.reason())
                .isEqualTo("The HIPAA maximum of 15 minutes applies, because neither the organization nor the"
                        + " application sets a timeout.");
    }

    @Test
    void hipaaShortensALongerTimeout() {
        TimeoutDecision decision = hipaa(wide(30)).decide(NO_GROUPS, minutes(20));

        assertThat(decision.timeout()).contains(HIPAA_MAXIMUM);
        assertThat(decision.rule()).isEqualTo(TimeoutRule.HIPAA);
        assertThat(decision.reason())
                .isEqualTo("The HIPAA maximum of 15 minutes is shorter than the application's [security]"
                        + " inactivity-timeout of 20 minutes.");
        assertThat(decision.overruled())
                .extracting(OverruledRule::rule)
                .containsExactly(TimeoutRule.ORGANIZATION, TimeoutRule.APPLICATION);
    }

    @Test
    void hipaaDecidesOneTickAboveItsMaximum() {
        Optional<InactivityTimeout> oneTickMore =
                Optional.of(new InactivityTimeout(HIPAA_MAXIMUM.duration().plusNanos(1)));

        assertThat(hipaa(oneTickMore).decide(NO_GROUPS, ABSENT).rule()).isEqualTo(TimeoutRule.HIPAA);
    }

    @Test
    void atExactlyTheHipaaMaximumTheOtherRuleDecides() {
        assertThat(hipaa(wide(15)).decide(NO_GROUPS, ABSENT).rule()).isEqualTo(TimeoutRule.ORGANIZATION);
        assertThat(hipaa(wide(30)).decide(NO_GROUPS, minutes(15)).rule()).isEqualTo(TimeoutRule.APPLICATION);
    }

    @Test
    void belowTheHipaaMaximumTheOtherRuleDecides() {
        TimeoutDecision decision = hipaa(wide(30)).decide(NO_GROUPS, minutes(10));

        assertThat(decision.timeout()).isEqualTo(wide(10));
        assertThat(decision.rule()).isEqualTo(TimeoutRule.APPLICATION);
        assertThat(decision.overruled())
                .extracting(OverruledRule::rule)
                .containsExactly(TimeoutRule.ORGANIZATION, TimeoutRule.HIPAA);
    }

    private static TimeoutPolicy organization(Optional<InactivityTimeout> organizationWide) {
        return new TimeoutPolicy(organizationWide, GroupBundles.NONE, false);
    }

    private static TimeoutPolicy hipaa(Optional<InactivityTimeout> organizationWide) {
        return new TimeoutPolicy(organizationWide, GroupBundles.NONE, true);
    }

    private static Optional<ApplicationTimeout> minutes(long minutes) {
        return wide(minutes)
                .map(timeout -> new ApplicationTimeout("[security] inactivity-timeout", "minutes", timeout));
    }

    private static Optional<InactivityTimeout> wide(long minutes) {
        return Optional.of(InactivityTimeout.ofMinutes(minutes));
    }
}
