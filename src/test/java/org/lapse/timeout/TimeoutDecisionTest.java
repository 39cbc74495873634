package org.lapse.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeoutDecisionTest {

    private static final InactivityTimeout TEN_MINUTES = InactivityTimeout.ofMinutes(10);
    private static final OverruledRule OVERRULED =
            new OverruledRule(TimeoutRule.APPLICATION, TEN_MINUTES, "It is longer.");

    @Test
    void aTimeoutHasARuleThatDecidedIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeoutDecision(Optional.of(TEN_MINUTES), TimeoutRule.NONE, List.of(), ""));
    }

    @Test
    void aRuleThatDecidedHasATimeout() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeoutDecision(Optional.empty(), TimeoutRule.HIPAA, List.of(), ""));
    }

    @Test
    void theOverruledRulesCannotBeChangedAfterwards() {
        List<OverruledRule> overruled = new ArrayList<>(List.of(OVERRULED));
        TimeoutDecision decision =
                new TimeoutDecision(Optional.of(TEN_MINUTES), TimeoutRule.ORGANIZATION, overruled, "");
        overruled.clear();

        assertThat(decision.overruled()).containsExactly(OVERRULED);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> decision.overruled().clear());
    }

    @Test
    void theAbsenceOfARuleCannotBeOverruled() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OverruledRule(TimeoutRule.NONE, TEN_MINUTES, "There is none."));
    }

    @Test
    void everyRuleHasANameOnTheWire() {
        assertThat(TimeoutRule.values())
                .extracting(TimeoutRule::wireName)
                .containsExactly("group", "organization", "application", "hipaa", "none");
    }
}
