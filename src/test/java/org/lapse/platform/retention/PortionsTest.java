package org.lapse.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortionsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Duration> tried = new ArrayList<>();
    private int progress;

    @Test
    void allIsForgottenHourByHour() {
        forgetAll(HOUR, 3);

        assertThat(tried).containsExactly(HOUR, HOUR, HOUR);
        assertThat(progress).isEqualTo(3);
    }

    @Test
    void whatTheDatabaseIsNotDoneWithGoesInHalves() {
        forgetAll(Duration.ofMinutes(20), 4);

        assertThat(tried).containsExactly(HOUR, Duration.ofMinutes(30), Duration.ofMinutes(15), Duration.ofMinutes(15));
    }

    @Test
    void whatCannotBeForgottenInTheSmallestPortionIsSaid() {
        assertThatIllegalStateException().isThrownBy(() -> forgetAll(Duration.ZERO, 100));
        assertThat(tried).hasSize(6).last().satisfies(last -> assertThat(last).isGreaterThan(Portions.SMALLEST));
    }

    private void forgetAll(Duration manageable, int attempts) {
        Portions.forgetAll(
                portion -> {
                    tried.add(portion);
                    if (portion.compareTo(manageable) > 0) {
                        throw new IllegalStateException("it took too long");
                    }
                    return tried.size() < attempts;
                },
                () -> progress++);
    }
}
