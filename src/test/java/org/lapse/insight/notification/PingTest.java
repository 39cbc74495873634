package org.lapse.insight.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one message that is understood. */
class PingTest {
    @Test
    void pingIsAPing() {
        assertThat(Ping.is("{\"message\":\"ping\"}")).isTrue();
        assertThat(Ping.is(" { \"message\" : \"ping\" } ")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ping",
                "\"ping\"",
                "null",
                "[]",
                "{",
                "{}",
                "{\"message\":\"pong\"}",
                "{\"message\":{\"message\":\"ping\"}}",
                "{\"message\":\"ping\"} {}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void nothingElseIs(String message) {
        assertThat(Ping.is(message)).isFalse();
    }
}
