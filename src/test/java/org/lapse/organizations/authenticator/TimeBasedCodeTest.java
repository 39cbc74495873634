package org.lapse.organizations.authenticator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeBasedCodeTest {
    /** The test vectors of RFC 6238 appendix B have eight digits; the last six are those of six. */
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @Test
    void codesAreThoseOfTheStandard() {
        assertThat(TimeBasedCode.at(SECRET, Instant.ofEpochSecond(59))).isEqualTo("287082");
        assertThat(TimeBasedCode.at(SECRET, Instant.ofEpochSecond(1_111_111_109)))
                .isEqualTo("081804");
        assertThat(TimeBasedCode.at(SECRET, Instant.ofEpochSecond(2_000_000_000)))
                .isEqualTo("279037");
    }

    @Test
    void timeStepIsCountedFromTheEpoch() {
        assertThat(TimeBasedCode.timeStep(SECRET, " 287 082", Instant.ofEpochSecond(59)))
                .hasValue(1);
        assertThat(TimeBasedCode.timeStep(SECRET, "287082", Instant.ofEpochSecond(89)))
                .hasValue(1);
        assertThat(TimeBasedCode.timeStep(SECRET, "287082", Instant.ofEpochSecond(90)))
                .isEmpty();
    }

    @Test
    void secretInBase32IsThatOfTheStandard() {
        assertThat(Base32.encode("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
        assertThat(Enrolled.decoded(Base32.encode(SECRET))).isEqualTo(SECRET);
    }
}
