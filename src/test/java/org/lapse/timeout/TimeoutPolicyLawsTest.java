package org.lapse.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.timeout.TimeoutPolicy.HIPAA_MAXIMUM;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every policy and every application. */
class TimeoutPolicyLawsTest {

    @Property(seed = "1")
    void theTimeoutIsTheShortestOfAllThatExist(
            @ForAll("timeouts") Optional<InactivityTimeout> organization,
            @ForAll("timeouts") Optional<InactivityTimeout> application,
            @ForAll boolean hipaa) {
        TimeoutDecision decision = new TimeoutPolicy(organization, hipaa).decide(application);

        Optional<InactivityTimeout> maximum = hipaa ? Optional.of(HIPAA_MAXIMUM) : Optional.empty();
        assertThat(decision.timeout())
                .isEqualTo(Stream.of(organization, application, maximum)
                        .flatMap(Optional::stream)
                        .sorted()
                        .findFirst());
    }

    @Property(seed = "2")
    void hipaaNeverLengthens(
            @ForAll("timeouts") Optional<InactivityTimeout> organization,
            @ForAll("timeouts") Optional<InactivityTimeout> application) {
        Optional<InactivityTimeout> without =
                new TimeoutPolicy(organization, false).decide(application).timeout();
        InactivityTimeout with = new TimeoutPolicy(organization, true)
                .decide(application)
                .timeout()
                .orElseThrow();

        assertThat(with).isLessThanOrEqualTo(HIPAA_MAXIMUM).isLessThanOrEqualTo(without.orElse(with));
    }

    @Property(seed = "3")
    void theRuleThatDecidesIsTheOneThatSetTheTimeout(
            @ForAll("timeouts") Optional<InactivityTimeout> organization,
            @ForAll("timeouts") Optional<InactivityTimeout> application,
            @ForAll boolean hipaa) {
        TimeoutDecision decision = new TimeoutPolicy(organization, hipaa).decide(application);

        assertThat(decision.timeout())
                .isEqualTo(
                        switch (decision.rule()) {
                            case ORGANIZATION -> organization;
                            case APPLICATION -> application;
                            case HIPAA -> Optional.of(HIPAA_MAXIMUM);
                            case NONE -> Optional.empty();
                        });
    }

    @Property(seed = "4")
    void everyRuleThatExistsDecidesOrIsOverruled(
            @ForAll("timeouts") Optional<InactivityTimeout> organization,
            @ForAll("timeouts") Optional<InactivityTimeout> application,
            @ForAll boolean hipaa) {
        TimeoutDecision decision = new TimeoutPolicy(organization, hipaa).decide(application);

        List<TimeoutRule> named = Stream.concat(
                        Stream.of(decision.rule()),
                        decision.overruled().stream().map(OverruledRule::rule))
                .toList();
        assertThat(named).doesNotHaveDuplicates();
        assertThat(named.contains(TimeoutRule.ORGANIZATION)).isEqualTo(organization.isPresent());
        assertThat(named.contains(TimeoutRule.APPLICATION)).isEqualTo(application.isPresent());
    }

    @Property(seed = "5")
    void noOverruledTimeoutIsShorterThanTheOneThatHolds(
            @ForAll("timeouts") Optional<InactivityTimeout> organization,
            @ForAll("timeouts") Optional<InactivityTimeout> application,
            @ForAll boolean hipaa) {
        TimeoutDecision decision = new TimeoutPolicy(organization, hipaa).decide(application);

        assertThat(decision.overruled()).allSatisfy(overruled -> assertThat(overruled.timeout())
                .isGreaterThanOrEqualTo(decision.timeout().orElseThrow()));
    }

    @Property(seed = "6")
    void everyReasonIsOneSentence(
            @ForAll("timeouts") Optional<InactivityTimeout> organization,
            @ForAll("timeouts") Optional<InactivityTimeout> application,
            @ForAll boolean hipaa) {
        TimeoutDecision decision = new TimeoutPolicy(organization, hipaa).decide(application);

        assertThat(Stream.concat(
                        Stream.of(decision.reason()),
                        decision.overruled().stream().map(OverruledRule::reason)))
                .allMatch(reason -> reason.matches("[A-Z][^.]+\\."));
    }

    /** Whole minutes up to an hour, so that equal ones and the HIPAA maximum come up often. */
    @Provide
    Arbitrary<Optional<InactivityTimeout>> timeouts() {
        return Arbitraries.longs()
                .between(1, 60)
                .map(InactivityTimeout::ofMinutes)
                .optional(0.8);
    }
}
