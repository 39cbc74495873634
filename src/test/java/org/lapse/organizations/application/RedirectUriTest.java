package org.lapse.organizations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUriTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/callback",
                "https://app.example",
                "https://app.example:8443/a?b=c",
                "http://localhost/",
                "http://LOCALHOST:3000/cb",
                "http://127.0.0.1:40123/cb",
                "http://[::1]:40123/cb",
                "com.example.app:/oauth2redirect",
                "com.example.app://host/oauth2redirect"
            })
    void whatReachesNobodyElseIsAllowed(String uri) {
        assertThat(new RedirectUri(uri).value()).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/callback",
                "//app.example/callback",
                "app.example/callback",
                "http://app.example/callback",
                "http://localhost.app.example/",
                "http://127.0.0.1.app.example/",
                "http://192.168.0.1/",
                "https:/callback",
                "https://*.app.example/callback",
                "https://app.example/#fragment",
                "https://app.example/#",
                "https://somebody@app.example/",
                "https://app.example/a b",
                "https://app.example/\n",
                "https://app.\u00e4xample/",
                "https://app.example\\@evil.example/",
                "javascript:alert(1)",
                "data:text/html,x",
                "myapp:/callback",
                "com.example.app:callback",
                "mailto:a@b.example"
            })
    void whatMightReachSomebodyElseIsRefused(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RedirectUri(uri));
    }

    @Test
    void thousandCharactersAreTheMost() {
        String longest = "https://app.example/" + "x".repeat(980);

        assertThat(new RedirectUri(longest).value()).hasSize(1000);
        assertThatIllegalArgumentException().isThrownBy(() -> new RedirectUri(longest + "x"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/cb, http://127.0.0.1:40123/cb",
        "http://127.0.0.1/cb, http://127.0.0.1:80/cb",
        "http://[::1]/cb?a=b, http://[::1]:65535/cb?a=b",
        "http://127.0.0.1, http://127.0.0.1:1"
    })
    void aLoopbackAddressWithoutAPortStandsForEveryPort(String registered, String asked) {
        assertThat(RedirectUri.isAtAnyPort(registered, asked)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/cb, http://localhost:40123/cb",
        "http://127.0.0.1:3000/cb, http://127.0.0.1:40123/cb",
        "http://127.0.0.1/cb, http://[::1]:40123/cb",
        "http://127.0.0.1/cb, http://127.0.0.1:40123/CB",
        "http://127.0.0.1/cb, http://127.0.0.1:40123/cb?x",
        "http://127.0.0.1/cb, http://127.0.0.1:40123/cb#x",
        "http://127.0.0.1/cb, http://127.0.0.1:40123/cb/../cb",
        "http://127.0.0.1/cb, http://127.0.0.1:40123@evil.example/cb",
        "http://127.0.0.1/cb, http://127.0.0.1.evil.example:40123/cb",
        "http://127.0.0.1/cb, https://127.0.0.1:40123/cb",
        "http://127.0.0.1/cb, http://127.0.0.1:0/cb",
        "http://127.0.0.1/cb, http://127.0.0.1:65536/cb",
        "http://127.0.0.1/cb, http://127.0.0.1:040/cb",
        "http://127.0.0.1/cb, http://127.0.0.1:/cb",
        "https://app.example/cb, https://app.example:8443/cb"
    })
    void nothingButThePortOfALoopbackAddressMayDiffer(String registered, String asked) {
        assertThat(RedirectUri.isAtAnyPort(registered, asked)).isFalse();
    }
}
