package org.lapse.rules.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeoutDecisionTest {

    private static final InactivityTimeout TEN_MINUTES = InactivityTimeout.ofMinutes(10);
    private static final OverruledRule OVERRULED = new OverruledRule(
            TimeoutLimit.of(new ApplicationTimeout("[security] inactivity-timeout", "minutes", TEN_MINUTES)),
            WhyOverruled.LONGER,
            "It is longer.");

    @Test
    void noRuleIsTheAbsenceOfATimeout() {
        TimeoutDecision decision = new TimeoutDecision(Optional.empty(), List.of(), "");

        assertThat(decision.timeout()).isEmpty();
        assertThat(decision.rule()).isEqualTo(TimeoutRule.NONE);
    }

    @Test
    void theOverruledRulesCannotBeChangedAfterwards() {
        List<OverruledRule> overruled = new ArrayList<>(List.of(OVERRULED));
        TimeoutDecision decision =
                new TimeoutDecision(Optional.of(TimeoutLimit.organizationWide(TEN_MINUTES)), overruled, "");
        overruled.clear();

        assertThat(decision.overruled()).containsExactly(OVERRULED);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> decision.overruled().clear());
    }

    @Test
    void theAbsenceOfARuleSetsNoTimeout() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeoutLimit(
                        TimeoutRule.NONE, TEN_MINUTES, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void everyRuleHasANameOnTheWire() {
        assertThat(TimeoutRule.values())
                .extracting(TimeoutRule::wireName)
                .containsExactly("group", "organization", "application", "hipaa", "none");
    }

    @Test
    void everyWhyHasANameOnTheWire() {
        assertThat(WhyOverruled.values())
                .extracting(WhyOverruled::wireName)
                .containsExactly("longer", "equal", "overridden");
    }
}
