package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedTimeoutTest {

    @Test
    void aTimeoutIsWhatItWasMadeOf() {
        assertThat(SharedTimeout.of(Optional.of(Duration.ofMinutes(30))).timeout())
                .contains(Duration.ofMinutes(30));
    }

    @Test
    void thereMayBeNone() {
        assertThat(SharedTimeout.of(Optional.empty()).timeout()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-2562047788015215H"})
    void aTimeoutIsLongerThanNothing(Duration nothing) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedTimeout.of(Optional.of(nothing)))
                .withMessageContaining(nothing.toString());
    }

    @ParameterizedTest
    @CsvSource({"PT0.000000001S, PT0.001S", "PT0.001S, PT0.001S", "PT0.001000001S, PT0.002S", "PT1.9999S, PT2S"})
    void aFractionOfAMillisecondCountsAsAWholeOne(Duration given, Duration kept) {
        assertThat(SharedTimeout.of(Optional.of(given)).timeout()).contains(kept);
    }

    @Test
    void aTimeoutOfMillionsOfYearsIsNone() {
        assertThat(SharedTimeout.of(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)))
                        .timeout())
                .isEmpty();
    }
}
