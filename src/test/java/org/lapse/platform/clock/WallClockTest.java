package org.lapse.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WallClockTest {
    private final WallClock clock = new WallClock();

    @Test
    void tellsTheTimeOfTheMachineInWholeMilliseconds() {
        Instant before = Instant.now().minusMillis(1);

        Instant now = clock.now();

        assertThat(now).isBetween(before, Instant.now()).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void isAheadByAllThatItWasPutForward() {
        clock.putForward(Duration.ofMinutes(30));
        clock.putForward(Duration.ofSeconds(5));

        assertThat(clock.ahead()).isEqualTo(Duration.ofSeconds(1805));
        assertThat(clock.now()).isAfter(Instant.now().plusSeconds(1804));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void isNeverPutBack(Duration time) {
        assertThatIllegalArgumentException().isThrownBy(() -> clock.putForward(time));
    }
}
