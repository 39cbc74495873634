package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization code with PKCE: RFC 6749 section 4.1, RFC 7636, RFC 9700 section 2.1. */
@OnServer
class AuthorizationCodeIT {
    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final DemoDesk desk = new DemoDesk(lapse, new Browser(lapse));

    @Test
    void codeIsRedeemedForATokenOfTheUser() {
        TokenHolder alice = desk.signIn("alice@demo.example");

        assertThat(alice.get("/api/v2/users/me")
                        .expect(200)
                        .json()
                        .required("username")
                        .asText())
                .isEqualTo("alice@demo.example");
        assertThat(alice.tokens().expiresIn()).isPositive();
    }

    @Test
    void codeAndStateComeBackTogetherWithTheIssuer() {
        Answer back = desk.fillIn(desk.authorize(), "alice@demo.example", DemoDesk.PASSWORD);

        Form answer = Form.ofQuery(back.location().getRawQuery());

        assertThat(answer.value("state")).isEqualTo(desk.state());
        assertThat(answer.value("iss")).isEqualTo(lapse.url().toString()); // RFC 9207
        assertThat(answer.fields()).containsOnlyKeys("code", "state", "iss");
    }

    @Test
    void codeIsGoodOnceAndItsReplayEndsTheSession() {
        String code = desk.codeOf(desk.fillIn(desk.authorize(), "alice@demo.example", DemoDesk.PASSWORD));
        TokenHolder alice = new TokenHolder(lapse, Tokens.of(lapse.post("/oauth/token", desk.tokenRequest(code))));
        alice.use().expect(200);

        assertThat(lapse.post("/oauth/token", desk.tokenRequest(code))).isOAuthError(400, "invalid_grant");

        assertThat(alice.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void codeNeedsItsVerifier() {
        String code = desk.codeOf(desk.fillIn(desk.authorize(), "alice@demo.example", DemoDesk.PASSWORD));
        Form request = desk.tokenRequest(code);

        assertThat(lapse.post("/oauth/token", request.without("code_verifier"))).isOAuthError(400, "invalid_grant");
        assertThat(lapse.post(
                        "/oauth/token", request.with("code_verifier", UUID.randomUUID() + "-" + UUID.randomUUID())))
                .isOAuthError(400, "invalid_grant");
    }

    @Test
    void codeNeedsTheRedirectUriThatItWasGivenFor() {
        String code = desk.codeOf(desk.fillIn(desk.authorize(), "alice@demo.example", DemoDesk.PASSWORD));

        assertThat(lapse.post(
                        "/oauth/token", desk.tokenRequest(code).with("redirect_uri", desk.redirectUri() + "other")))
                .isOAuthError(400, "invalid_grant");
    }

    @Test
    void codeIsOfNoUseToAnotherApplication() {
        String code = desk.codeOf(desk.fillIn(desk.authorize(), "alice@demo.example", DemoDesk.PASSWORD));

        Answer answer =
                lapse.postAsService("/oauth/token", desk.tokenRequest(code).without("client_id"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().required("error").asText()).isIn("invalid_grant", "unauthorized_client");
    }

    @Test
    void codeThatNobodyGaveIsRefused() {
        assertThat(lapse.post("/oauth/token", desk.tokenRequest("invented"))).isOAuthError(400, "invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({"code_challenge, ", "code_challenge_method, ", "code_challenge_method, plain", "code_challenge, short"})
    void pkceIsAlwaysRequired(String parameter, String value) {
        Form request = desk.authorizationRequest();

        Answer back = desk.authorize(value == null ? request.without(parameter) : request.with(parameter, value));

        assertThat(errorOf(back)).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "id_token", "code token", "none"})
    void noOtherResponseTypeIsSupported(String responseType) {
        Answer back = desk.authorize(desk.authorizationRequest().with("response_type", responseType));

        assertThat(errorOf(back)).isEqualTo("unsupported_response_type");
    }

    /**
     * The error that the browser brings back: in the query, or in the fragment where the response type asks for that.
     */
    private String errorOf(Answer back) {
        URI location = back.location();
        assertThat(location.toString()).startsWith(desk.redirectUri());
        Form answer = Form.ofQuery(Objects.requireNonNullElse(location.getRawQuery(), location.getRawFragment()));
        assertThat(answer.value("state")).isEqualTo(desk.state());
        assertThat(answer.fields()).doesNotContainKey("code");
        return answer.value("error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other",
                "?a=b",
                "#fragment",
                "../demo/",
                "%2e%2e/",
                "//evil.example/",
                "@evil.example/",
            })
    void browserIsNeverSentToAnAddressThatIsNotRegistered(String appended) {
        Answer page = desk.authorize(desk.authorizationRequest().with("redirect_uri", desk.redirectUri() + appended));

        assertThat(page).hasStatus(400);
        assertThat(page.header("Location")).isEmpty();
        assertThat(page.body()).contains("<html").doesNotContain("<form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redirect_uri", "client_id"})
    void requestThatDoesNotSayForWhomIsAnsweredByAPage(String parameter) {
        Answer page = desk.authorize(desk.authorizationRequest().without(parameter));

        assertThat(page).hasStatus(400);
        assertThat(page.header("Location")).isEmpty();
    }

    @Test
    void applicationThatActsOnItsOwnSignsNobodyIn() {
        Answer page = desk.authorize(desk.authorizationRequest().with("client_id", LapseSystem.SERVICE_ID));

        assertThat(page).hasStatus(400);
        assertThat(page.header("Location")).isEmpty();
    }

    @Test
    void promptNoneShowsNoPage() {
        Answer back = desk.authorize(desk.authorizationRequest().with("prompt", "none"));

        assertThat(errorOf(back)).isEqualTo("login_required");
    }

    @Test
    void nonceStandsInTheIdToken() throws Exception {
        Answer page = desk.authorize(desk.authorizationRequest().with("nonce", "a nonce"));
        TokenHolder alice = desk.comeBack(desk.fillIn(page, "alice@demo.example", DemoDesk.PASSWORD));

        var claims = com.nimbusds.jwt.SignedJWT.parse(alice.tokens().idToken()).getJWTClaimsSet();

        assertThat(claims.getStringClaim("nonce")).isEqualTo("a nonce");
        assertThat(claims.getAudience()).containsExactly(DemoDesk.ID);
        assertThat(claims.getSubject()).isEqualTo(alice.userId());
        assertThat(claims.getStringClaim("sid")).isEqualTo(alice.sessionId());
    }
}
