package org.lapse.rules.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermittedTimeoutsTest {

    private static final PermittedTimeouts FIVE_MINUTES_TO_EIGHT_HOURS =
            new PermittedTimeouts(Duration.ofMinutes(5), Duration.ofHours(8));

    @ParameterizedTest
    @CsvSource({
        "PT4M59.999999999S, false",
        "PT5M, true",
        "PT1H, true",
        "PT8H, true",
        "PT8H0.000000001S, false",
        "PT0S, false",
        "PT-30M, false",
    })
    void bothEndsOfTheRangeArePermitted(Duration duration, boolean permitted) {
        assertThat(FIVE_MINUTES_TO_EIGHT_HOURS.permits(duration)).isEqualTo(permitted);
    }

    @Test
    void aRangeOfOneDurationPermitsThatDuration() {
        Duration minute = Duration.ofMinutes(1);

        assertThat(new PermittedTimeouts(minute, minute).permits(minute)).isTrue();
    }

    @Test
    void theMinimumIsNotLongerThanTheMaximum() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PermittedTimeouts(Duration.ofMinutes(6), Duration.ofMinutes(5)))
                .withMessageContaining("PT6M")
                .withMessageContaining("PT5M");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void theMinimumIsPositive(Duration nothing) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PermittedTimeouts(nothing, Duration.ofHours(8)))
                .withMessageContaining(nothing.toString());
    }

    @Test
    void aCapTakesAwayWhatIsLonger() {
        assertThat(FIVE_MINUTES_TO_EIGHT_HOURS.capped(Duration.ofMinutes(15)))
                .isEqualTo(new PermittedTimeouts(Duration.ofMinutes(5), Duration.ofMinutes(15)));
    }

    @Test
    void aCapThatIsLongerThanTheMaximumChangesNothing() {
        assertThat(FIVE_MINUTES_TO_EIGHT_HOURS.capped(Duration.ofDays(1))).isEqualTo(FIVE_MINUTES_TO_EIGHT_HOURS);
    }

    @Test
    void aCapBelowTheMinimumIsTheOneDurationThatIsLeft() {
        assertThat(FIVE_MINUTES_TO_EIGHT_HOURS.capped(Duration.ofMinutes(2)))
                .isEqualTo(new PermittedTimeouts(Duration.ofMinutes(2), Duration.ofMinutes(2)));
    }

    @Test
    void aCapIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> FIVE_MINUTES_TO_EIGHT_HOURS.capped(Duration.ZERO));
    }
}
