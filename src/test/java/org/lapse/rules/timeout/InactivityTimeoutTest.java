package org.lapse.rules.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InactivityTimeoutTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-30M"})
    void aTimeoutIsLongerThanNothing(Duration nothing) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InactivityTimeout(nothing))
                .withMessageContaining(nothing.toString());
    }

    @Test
    void theShortestTimeoutIsANanosecond() {
        assertThat(new InactivityTimeout(Duration.ofNanos(1)).duration()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void secondsAndMinutesAreWhatTheySay() {
        assertThat(InactivityTimeout.ofSeconds(90).duration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(InactivityTimeout.ofMinutes(15).duration()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void theShorterOneIsShorter() {
        InactivityTimeout five = InactivityTimeout.ofMinutes(5);
        InactivityTimeout ten = InactivityTimeout.ofMinutes(10);

        assertThat(five.isShorterThan(ten)).isTrue();
        assertThat(ten.isShorterThan(five)).isFalse();
    }

    @Test
    void equalTimeoutsAreEqualInWhateverUnitTheyWereGiven() {
        InactivityTimeout first = InactivityTimeout.ofMinutes(1);
        InactivityTimeout second = InactivityTimeout.ofSeconds(60);

        assertThat(first.isShorterThan(second)).isFalse();
        assertThat(first).isEqualByComparingTo(second).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource({
        "PT30M, 30 minutes",
        "PT1M, 1 minute",
        "PT1H, 1 hour",
        "PT8H, 8 hours",
        "PT1H30M, 1 hour 30 minutes",
        "PT45S, 45 seconds",
        "PT1.5S, 1 second 500 milliseconds",
        "PT0.001S, 1 millisecond",
        "PT0.000001S, less than a millisecond",
        "P2D, 48 hours",
    })
    void aTimeoutReadsAsWords(Duration duration, String words) {
        assertThat(new InactivityTimeout(duration).inWords()).isEqualTo(words);
    }
}
