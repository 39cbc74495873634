package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Introspection (RFC 7662) and revocation (RFC 7009). */
@OnServer
class IntrospectionIT {
    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @Test
    void activeTokenIsDescribed() {
        TokenHolder alice = lapse.signIn("alice@demo.example");

        JsonNode token = introspect(alice.accessToken());

        assertThat(token.required("active").asBoolean()).isTrue();
        assertThat(token.required("client_id").asText()).isEqualTo(DemoDesk.ID);
        assertThat(token.required("sub").asText()).isEqualTo(alice.userId());
        assertThat(token.required("username").asText()).isEqualTo("alice@demo.example");
        assertThat(token.required("iss").asText()).isEqualTo(lapse.url().toString());
        assertThat(token.required("exp").asLong())
                .isEqualTo(alice.claims().getExpirationTime().toInstant().getEpochSecond());
    }

    @Test
    void ofATokenThatIsNotActiveNothingIsSaid() {
        TokenHolder ended = lapse.service();
        ended.delete("/api/v2/tokens/me").expect(200);

        assertThat(introspect(ended.accessToken()).toString()).isEqualTo("{\"active\":false}");
        assertThat(introspect("invented").toString()).isEqualTo("{\"active\":false}");
    }

    @Test
    void introspectionNeedsAnApplicationThatAuthenticates() {
        Form form = Form.of("token", lapse.service().accessToken());

        assertThat(lapse.post("/oauth/introspect", form)).isOAuthError(401, "invalid_client");
        assertThat(lapse.post("/oauth/introspect", form.with("client_id", DemoDesk.ID)))
                .isOAuthError(401, "invalid_client");
        assertThat(lapse.postAs(LapseSystem.SERVICE_ID, "wrong", "/oauth/introspect", form))
                .isOAuthError(401, "invalid_client");
    }

    @Test
    void introspectionNeedsAToken() {
        assertThat(lapse.postAsService("/oauth/introspect", Form.of("token_type_hint", "access_token")))
                .isOAuthError(400, "invalid_request");
    }

    @Test
    void revokedTokenHasEndedAtOnce() {
        TokenHolder service = lapse.service();

        lapse.postAsService("/oauth/revoke", Form.of("token", service.accessToken()))
                .expect(200);

        assertThat(service.use()).isRefused(401, "bad.credentials");
        assertThat(administrator.endsOf(service))
                .singleElement()
                .satisfies(end -> assertThat(end.required("reason").asText()).isEqualTo("REVOKED"));
    }

    @Test
    void revokedRefreshTokenEndsTheWholeSession() {
        TokenHolder alice = lapse.signIn("alice@demo.example");

        lapse.post(
                        "/oauth/revoke",
                        Form.of("token", alice.tokens().refreshToken())
                                .with("token_type_hint", "refresh_token")
                                .with("client_id", DemoDesk.ID))
                .expect(200);

        assertThat(alice.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void revocationOfAnUnknownTokenSucceeds() {
        lapse.postAsService("/oauth/revoke", Form.of("token", "invented")).expect(200);
    }

    @Test
    void applicationRevokesItsOwnTokensOnly() {
        TokenHolder alice = lapse.signIn("alice@demo.example");

        lapse.postAsService("/oauth/revoke", Form.of("token", alice.accessToken()));

        alice.use().expect(200);
    }

    @Test
    void revocationNeedsAnApplication() {
        TokenHolder service = lapse.service();

        assertThat(lapse.post("/oauth/revoke", Form.of("token", service.accessToken())))
                .isOAuthError(401, "invalid_client");

        service.use().expect(200);
    }

    private JsonNode introspect(String token) {
        return lapse.postAsService("/oauth/introspect", Form.of("token", token))
                .expect(200)
                .json();
    }
}
