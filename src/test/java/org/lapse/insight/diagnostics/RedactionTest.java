package org.lapse.insight.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a client's log is kept? */
class RedactionTest {
    @ParameterizedTest
    @CsvSource({
        "a eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl b, a [redacted] b",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0., [redacted]",
        "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn, [redacted]",
        "Authorization: Bearer opaque-token_1~x==, Authorization: Bearer [redacted]",
        "?h=bearer%20opaque, ?h=bearer%20[redacted]",
        "org.example.Widget failed at eyJa, org.example.Widget failed at eyJa",
    })
    void tokensAreTakenOutAndNothingElse(String told, String kept) {
        assertThat(Redaction.of(told)).isEqualTo(kept);
    }

    @Test
    void longestEntryIsReadAtOnce() {
        Assertions.assertTimeout(Duration.ofMinutes(1), () -> Redaction.of("eyJ".repeat(5461)));
    }
}
