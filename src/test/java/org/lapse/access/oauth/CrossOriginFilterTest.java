package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lapse.platform.api.FakeRequest;
import org.lapse.platform.api.FakeResponse;

/** What is published for all may be read from every origin; nobody is asked whether an application runs there. */
class CrossOriginFilterTest {
    private static final String ORIGIN = "https://unknown.example";

    private boolean isPassedOn;

    @ParameterizedTest
    @ValueSource(
            strings = {"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/oauth/jwks"})
    void whatIsPublishedIsReadFromEveryOriginWithoutCredentials(String path) throws Exception {
        FakeResponse answer = filter(FakeRequest.of("GET", path).with("Origin", ORIGIN));

        assertThat(isPassedOn).isTrue();
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.header("Vary")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/openid-configuration", "/oauth/jwks"})
    void everyOriginMayAskFirst(String path) throws Exception {
        FakeResponse answer = filter(
                FakeRequest.of("OPTIONS", path).with("Origin", ORIGIN).with("Access-Control-Request-Method", "GET"));

        assertThat(isPassedOn).isFalse();
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(answer.header("Access-Control-Allow-Methods")).contains("GET, HEAD");
    }

    private FakeResponse filter(FakeRequest request) throws IOException, ServletException {
        FakeResponse response = new FakeResponse();
        new CrossOriginFilter()
                .doFilter(
                        request.asServletRequest(),
                        response.asServletResponse(),
                        (asked, answered) -> isPassedOn = true);
        return response;
    }
}
