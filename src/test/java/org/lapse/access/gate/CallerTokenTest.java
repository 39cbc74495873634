package org.lapse.access.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lapse.platform.api.FakeRequest;

/** Where is the access token of a call? */
class CallerTokenTest {
    private final CallerToken inHeaderAlone = new CallerToken(Optional.empty());
    private final CallerToken inCookieToo = new CallerToken(Optional.of("desk"));

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER  abc "})
    void tokenIsInTheHeader(String header) {
        FakeRequest request = request().with("Authorization", header);

        assertThat(inHeaderAlone.of(request.asServletRequest())).isEqualTo("abc");
        assertThat(inCookieToo.of(request.asServletRequest())).isEqualTo("abc");
    }

    @Test
    void tokenIsInTheCookieIfThatIsConfigured() {
        FakeRequest request = request().withCookie("other", "x").withCookie("desk", "abc");

        assertThat(inCookieToo.of(request.asServletRequest())).isEqualTo("abc");
        assertThat(challengeOf(inHeaderAlone, request)).isEqualTo("Bearer realm=\"lapse\"");
    }

    @Test
    void anotherSchemeIsNoToken() {
        FakeRequest basic = request().with("Authorization", "Basic YTpi");

        assertThat(challengeOf(inHeaderAlone, basic)).isEqualTo("Bearer realm=\"lapse\"");
        assertThat(inCookieToo.of(basic.withCookie("desk", "abc").asServletRequest()))
                .isEqualTo("abc");
    }

    @Test
    void twoTokensAreRefusedEvenIfTheyAreTheSame() {
        assertThat(challengeOf(
                        inCookieToo,
                        request().with("Authorization", "Bearer abc").withCookie("desk", "abc")))
                .contains("invalid_request");
        assertThat(challengeOf(inCookieToo, request().withCookie("desk", "a").withCookie("desk", "b")))
                .contains("invalid_request");
        assertThat(challengeOf(
                        inHeaderAlone,
                        request().with("Authorization", "Bearer a").with("Authorization", "Bearer b")))
                .contains("invalid_request");
    }

    @Test
    void cookieThatIsNotConfiguredIsNotRead() {
        FakeRequest request = request().with("Authorization", "Bearer abc").withCookie("desk", "other");

        assertThat(inHeaderAlone.of(request.asServletRequest())).isEqualTo("abc");
    }

    private static FakeRequest request() {
        return FakeRequest.of("GET", "/gate/nginx?access_token=query");
    }

    private static String challengeOf(CallerToken tokens, FakeRequest request) {
        return catchThrowableOfType(Refusal.class, () -> tokens.of(request.asServletRequest()))
                .challenge();
    }
}
