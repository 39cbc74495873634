package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentSecurityPolicyTest {
    @Test
    void nothingIsAllowedButOurOwnStylesAndImages() {
        assertThat(ContentSecurityPolicy.of(null))
                .isEqualTo("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                        + " frame-ancestors 'none'; base-uri 'none'");
    }

    @ParameterizedTest
    @CsvSource({
        "https://desk.example/callback?a=b, https://desk.example",
        "http://localhost:8080/demo/, http://localhost:8080",
        "http://[::1]:9000/cb, http:",
        "com.example.desk:/cb, com.example.desk:"
    })
    void aFormMayLeadToTheOriginOfTheRedirectUri(String redirectUri, String source) {
        assertThat(ContentSecurityPolicy.of(redirectUri)).contains("form-action 'self' " + source + ";");
    }

    @Test
    void aRedirectUriThatIsNoneAddsNothing() {
        assertThat(ContentSecurityPolicy.of("not a uri; script-src *")).isEqualTo(ContentSecurityPolicy.of(null));
    }
}
