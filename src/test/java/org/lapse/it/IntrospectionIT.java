package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    void questionAboutACallIsAUseOfTheTokenUnlessTheCallIsExcluded() {
        administrator.setTimeout(Duration.ofMinutes(5));
        exclude("\"GET reports/{id}/poll\"");
        try {
            TokenHolder service = lapse.service();
            Form bare = Form.of("token", service.accessToken());

            assertThat(resets(service, bare)).isFalse();
            assertThat(resets(service, bare.with("method", "GET").with("uri", "/reports/7/poll?x=y")))
                    .isFalse();
            assertThat(resets(
                            service, bare.with("method", "GET").with("uri", "https://service.example/reports/7/poll")))
                    .isFalse();
            assertThat(resets(service, bare.with("method", "POST").with("uri", "/reports/7/poll")))
                    .isTrue();
            assertThat(resets(service, bare.with("method", "GET").with("uri", "/reports/7")))
                    .isTrue();
            for (Form half : List.of(bare.with("method", "GET"), bare.with("uri", "/reports/7"))) {
                assertThat(lapse.postAsService("/oauth/introspect", half)).isOAuthError(400, "invalid_request");
            }
            assertThat(lapse.postAsService(
                            "/oauth/introspect", bare.with("method", "GET").with("uri", "reports")))
                    .isOAuthError(400, "invalid_request");
        } finally {
            exclude("");
            administrator.restore();
        }
    }

    private void exclude(String names) {
        lapse.service()
                .call(
                        "PATCH",
                        "/api/v2/organizations/authentication/settings",
                        "{\"inactivityTimeoutExclusions\":[" + names + "]}")
                .expect(200);
    }

    private boolean resets(TokenHolder holder, Form question) {
        Instant before = holder.deadline();
        lapse.letPass(Duration.ofSeconds(1));
        assertThat(lapse.postAsService("/oauth/introspect", question)
                        .expect(200)
                        .json()
                        .required("active")
                        .asBoolean())
                .isTrue();
        return holder.deadline().isAfter(before);
    }

    @Test
    void clientWhoseSecretIsReplacedOrWhoIsDisabledMayAskNoMoreAtOnce() {
        JsonNode client = administrator.createClient();
        String id = client.required("id").asText();
        String path = "/api/v2/oauth/clients/" + id;
        String before = client.required("secret").asText();
        assertThat(askAs(id, before)).hasStatus(200);

        String after = lapse.service()
                .post(path + "/secret", "")
                .expect(200)
                .json()
                .required("secret")
                .asText();
        assertThat(askAs(id, before)).isOAuthError(401, "invalid_client");
        assertThat(askAs(id, after)).hasStatus(200);

        lapse.service().put(path, "{\"state\":\"disabled\"}").expect(200);
        assertThat(askAs(id, after)).isOAuthError(400, "unauthorized_client");
    }

    private Answer askAs(String clientId, String secret) {
        return lapse.postAs(clientId, secret, "/oauth/introspect", Form.of("token", "invented"));
    }

    @Test
    void lockedSessionIsInactiveAndNotUsed() {
        administrator.setSecurityOption(DemoDesk.ID, "on-inactivity", "lock");
        try {
            TokenHolder alice = lapse.signIn("alice@demo.example");
            administrator.setTimeout(Duration.ofMinutes(1));
            lapse.letPass(Duration.ofMinutes(1));

            assertThat(lapse.postAsService(
                                    "/oauth/introspect",
                                    Form.of("token", alice.accessToken(), "method", "GET", "uri", "/reports"))
                            .expect(200)
                            .body())
                    .isEqualTo("{\"active\":false,\"inactive_reason\":\"locked.inactivity\"}");
        } finally {
            administrator.restore();
        }
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

        assertThat(lapse.postAsService("/oauth/revoke", Form.of("token", alice.accessToken())))
                .isOAuthError(400, "unauthorized_client");

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
