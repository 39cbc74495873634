package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /oauth/token}: who may have a token, and how the others are refused (RFC 6749 sections 4.4 and 5.2). */
@OnServer
@OnEveryCombination
class TokenEndpointIT {
    private static final String TOKEN = "/oauth/token";
    private static final Form CLIENT_CREDENTIALS = Form.of("grant_type", "client_credentials");

    private final LapseSystem lapse = LapseSystem.ofSuite();

    @Test
    void applicationWithItsSecretGetsATokenThatWorks() {
        TokenHolder service = lapse.service();

        service.use().expect(200);
        assertThat(service.tokens().refresh()).isNull();
        assertThat(service.tokens().id()).isNull();
        assertThat(service.claims().getSubject()).isEqualTo(LapseSystem.SERVICE_ID);
    }

    @Test
    void secretMayStandInTheForm() {
        Tokens.of(lapse.post(
                TOKEN,
                CLIENT_CREDENTIALS
                        .with("client_id", LapseSystem.SERVICE_ID)
                        .with("client_secret", LapseSystem.SERVICE_SECRET)));
    }

    @Test
    void everyTokenIsAnother() {
        assertThat(lapse.service().accessToken()).isNotEqualTo(lapse.service().accessToken());
    }

    @Test
    void answerIsNotKeptByAnybodyOnTheWay() {
        assertThat(lapse.postAsService(TOKEN, CLIENT_CREDENTIALS).header("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
    }

    @Test
    void wrongSecretAndUnknownApplicationAreRefusedAlike() {
        Answer wrongSecret = lapse.postAs(LapseSystem.SERVICE_ID, "wrong", TOKEN, CLIENT_CREDENTIALS);
        Answer unknown = lapse.postAs("nobody", "wrong", TOKEN, CLIENT_CREDENTIALS);

        assertThat(wrongSecret).isOAuthError(401, "invalid_client");
        assertThat(unknown).isOAuthError(401, "invalid_client");
        assertThat(unknown.body()).isEqualTo(wrongSecret.body());
        assertThat(wrongSecret.header("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic "));
    }

    @Test
    void nobodyGetsNothing() {
        assertThat(lapse.post(TOKEN, CLIENT_CREDENTIALS)).isOAuthError(401, "invalid_client");
    }

    @Test
    void applicationWithASecretMustUseIt() {
        assertThat(lapse.post(TOKEN, CLIENT_CREDENTIALS.with("client_id", LapseSystem.SERVICE_ID)))
                .isOAuthError(401, "invalid_client");
    }

    @Test
    void applicationForPeopleDoesNotActOnItsOwn() {
        assertThat(lapse.post(TOKEN, CLIENT_CREDENTIALS.with("client_id", DemoDesk.ID)))
                .isOAuthError(401, "invalid_client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "implicit",
                "urn:ietf:params:oauth:grant-type:saml2-bearer",
                "urn:ietf:params:oauth:grant-type:device_code",
                "invented"
            })
    void otherGrantsAreNotSupported(String grantType) {
        assertThat(lapse.postAsService(TOKEN, Form.of("grant_type", grantType)))
                .isOAuthError(400, "unsupported_grant_type");
    }

    @Test
    void grantTypeMustBeNamed() {
        assertThat(lapse.postAsService(TOKEN, Form.of("scope", "openid"))).isOAuthError(400, "invalid_request");
    }

    @Test
    void parameterMayNotBeDoubled() {
        Answer answer = lapse.answerTo(HttpRequest.newBuilder(lapse.url(TOKEN))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&grant_type=client_credentials"
                        + "&client_id=demo-service&client_secret=demo-secret"))
                .build());

        assertThat(answer).isOAuthError(400, "invalid_request");
    }

    @Test
    void parametersInTheAddressDoNotCount() {
        Answer answer = lapse.post(
                TOKEN + "?grant_type=client_credentials&client_id=demo-service&client_secret=demo-secret",
                Form.of("scope", "openid"));

        assertThat(answer.status()).isIn(400, 401);
    }

    @Test
    void jsonIsNoForm() {
        Answer answer = lapse.answerTo(HttpRequest.newBuilder(lapse.url(TOKEN))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"grant_type\":\"client_credentials\"}"))
                .build());

        assertThat(answer).isOAuthError(400, "invalid_request");
    }
}
