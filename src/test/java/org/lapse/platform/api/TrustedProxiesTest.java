package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word about where a request came from is believed? */
class TrustedProxiesTest {
    private final TrustedProxies proxies = new TrustedProxies(List.of("127.0.0.0/8", " ::1", "10.0.0.0/8"));

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,       true",
        "127.9.9.9,       true",
        "::1,             true",
        "0:0:0:0:0:0:0:1, true",
        "10.1.2.3,        true",
        "11.1.2.3,        false",
        "203.0.113.9,     false",
        "'',              false",
        "localhost,       false",
    })
    void onlyWhoIsConnectedFromARangeIsTrusted(String address, boolean trusted) {
        FakeRequest request = FakeRequest.of("GET", "/").from(address).with("X-Forwarded-For", "127.0.0.1");

        assertThat(proxies.sent(request.asServletRequest())).isEqualTo(trusted);
        assertThat(proxies.sent(request.asServletRequest())).as("asked again").isEqualTo(trusted);
    }

    @ParameterizedTest
    @CsvSource({
        "'203.0.113.9',                          203.0.113.9",
        "'198.51.100.1, 203.0.113.9',            203.0.113.9",
        "'198.51.100.1,203.0.113.9 , 10.0.0.7',  203.0.113.9",
        "'127.0.0.1, 203.0.113.9',               203.0.113.9",
        "'10.0.0.8, 10.0.0.7',                   10.0.0.8",
        "'2001:db8::7, ::1',                     2001:db8::7",
        "'[2001:db8::7]:443',                    2001:db8::7",
        "'[2001:db8::7]',                        2001:db8::7",
        "'203.0.113.9:54321',                    203.0.113.9",
        "'203.0.113.9, unknown',                 127.0.0.1",
        "'203.0.113.9, evil.example, 10.0.0.7',  10.0.0.7",
        "'203.0.113.9,',                         127.0.0.1",
        "'',                                     127.0.0.1",
    })
    void behindProxiesTheAddressIsTheLastThatIsNoneOfThem(String forwarded, String client) {
        assertThat(proxies.clientOf(FakeRequest.of("GET", "/")
                        .with("X-Forwarded-For", forwarded)
                        .asServletRequest()))
                .isEqualTo(client);
    }

    @Test
    void linesOfTheHeaderAreReadAsOne() {
        FakeRequest request = FakeRequest.of("GET", "/")
                .with("X-Forwarded-For", "198.51.100.1")
                .with("X-Forwarded-For", "203.0.113.9, 10.0.0.7");

        assertThat(proxies.clientOf(request.asServletRequest())).isEqualTo("203.0.113.9");
    }

    @Test
    void whatAnybodyElseSaysIsNotHeard() {
        FakeRequest request = FakeRequest.of("GET", "/").from("203.0.113.9").with("X-Forwarded-For", "127.0.0.1");

        assertThat(proxies.clientOf(request.asServletRequest())).isEqualTo("203.0.113.9");
    }

    @Test
    void withoutTheHeaderTheAddressIsThatOfTheConnection() {
        assertThat(proxies.clientOf(FakeRequest.of("GET", "/").asServletRequest()))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void whatIsNoRangeIsRefused() {
        assertThatThrownBy(() -> new TrustedProxies(List.of("proxy.example")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
