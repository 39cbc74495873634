package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MillisTest {

    private static final long LAST_SECOND = Millis.MAXIMUM / 1000;

    /** Of a session's state, below its last activity. */
    private static final int BITS_BELOW = 16;

    @Test
    void aMomentIsInMillisecondsSinceTheEpochAndItsFractionIsDropped() {
        assertThat(Millis.of(Instant.parse("1970-01-01T00:00:01.002999999Z"))).isEqualTo(1002);
        assertThat(Millis.of(Instant.parse("1969-12-31T23:59:59.999999999Z"))).isEqualTo(-1);
    }

    @Test
    void momentsMillionsOfYearsAwayAreTheEndsOfTheRange() {
        assertThat(Millis.of(Instant.MAX)).isEqualTo(Millis.MAXIMUM);
        assertThat(Millis.of(Instant.MIN)).isEqualTo(-Millis.MAXIMUM);
    }

    @Test
    void theRangeEndsWithAWholeSecond() {
        assertThat(Millis.of(Instant.ofEpochSecond(LAST_SECOND - 1))).isEqualTo((LAST_SECOND - 1) * 1000);
        assertThat(Millis.of(Instant.ofEpochSecond(LAST_SECOND))).isEqualTo(Millis.MAXIMUM);
        assertThat(Millis.of(Instant.ofEpochSecond(1 - LAST_SECOND))).isEqualTo((1 - LAST_SECOND) * 1000);
        assertThat(Millis.of(Instant.ofEpochSecond(-LAST_SECOND))).isEqualTo(-Millis.MAXIMUM);
        assertThat(Millis.of(Duration.ofSeconds(LAST_SECOND - 1))).isEqualTo((LAST_SECOND - 1) * 1000);
        assertThat(Millis.of(Duration.ofSeconds(LAST_SECOND))).isEqualTo(Millis.MAXIMUM);
    }

    @Test
    void theEndsOfTheRangeCanBeAddedAndTagged() {
        assertThat(Math.addExact(Millis.MAXIMUM, Millis.MAXIMUM)).isPositive();
        assertThat(Millis.MAXIMUM << BITS_BELOW >> BITS_BELOW).isEqualTo(Millis.MAXIMUM);
        assertThat(-Millis.MAXIMUM << BITS_BELOW >> BITS_BELOW).isEqualTo(-Millis.MAXIMUM);
    }
}
