package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationInWordsTest {
    @ParameterizedTest
    @CsvSource({
        "PT15M, 15 minutes",
        "PT1H30M, 1 hour 30 minutes",
        "P30D, 30 days",
        "PT24H, 1 day",
        "PT2S, 2 seconds",
        "PT0.2S, 1 second"
    })
    void durationsReadAsPeopleSayThem(Duration duration, String words) {
        assertThat(DurationInWords.of(duration)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "PT15M, 15 Minuten",
        "PT1H30M, 1 Stunde 30 Minuten",
        "P30D, 30 Tage",
        "PT24H, 1 Tag",
        "PT1M1S, 1 Minute 1 Sekunde",
        "PT0.2S, 1 Sekunde"
    })
    void soTheyDoInGerman(Duration duration, String words) {
        assertThat(DurationInWords.of(Locale.GERMAN, duration)).isEqualTo(words);
    }
}
