package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerIdentifierTest {
    @Test
    void aSlashAtTheEndIsLeftAway() {
        IssuerIdentifier issuer = new IssuerIdentifier("https://login.example/");
        assertThat(issuer.value()).isEqualTo("https://login.example");
        assertThat(issuer.endpoint("/oauth/token")).hasToString("https://login.example/oauth/token");
        assertThat(issuer.isSecure()).isTrue();
    }

    @Test
    void theOriginIsWhatBrowsersSend() {
        assertThat(new IssuerIdentifier("http://Localhost:8080").origin()).isEqualTo("http://localhost:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "ftp://login.example", "https://login.example/?a=b", "https:///a"})
    void whatIsNoAddressOfAServerIsRefused(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> new IssuerIdentifier(address));
    }
}
