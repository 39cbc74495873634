package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Lapse publishes about itself, so that others understand and verify its tokens. */
@OnServer
class MetadataIT {
    private final LapseSystem lapse = LapseSystem.ofSuite();

    @Test
    void openIdProviderDescribesItself() throws Exception {
        OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(
                lapse.get("/.well-known/openid-configuration").body());

        assertThat(metadata.getIssuer().getValue()).isEqualTo(lapse.url().toString());
        assertThat(metadata.getJWKSetURI()).isEqualTo(lapse.url("/oauth/jwks"));
        assertThat(metadata.getUserInfoEndpointURI()).isEqualTo(lapse.url("/oauth/userinfo"));
        assertThat(metadata.getEndSessionEndpointURI()).isEqualTo(lapse.url("/logout"));
        assertThat(metadata.getIDTokenJWSAlgs()).contains(JWSAlgorithm.RS256);
        assertThat(metadata.getPromptTypes())
                .containsExactlyInAnyOrder(
                        Prompt.Type.LOGIN, Prompt.Type.NONE, Prompt.Type.CONSENT, Prompt.Type.SELECT_ACCOUNT);
    }

    @Test
    void authorizationServerDescribesItself() throws Exception {
        AuthorizationServerMetadata metadata = AuthorizationServerMetadata.parse(
                lapse.get("/.well-known/oauth-authorization-server").body());

        assertThat(metadata.getIssuer().getValue()).isEqualTo(lapse.url().toString());
        assertThat(metadata.getAuthorizationEndpointURI()).isEqualTo(lapse.url("/oauth/authorize"));
        assertThat(metadata.getTokenEndpointURI()).isEqualTo(lapse.url("/oauth/token"));
        assertThat(metadata.getIntrospectionEndpointURI()).isEqualTo(lapse.url("/oauth/introspect"));
        assertThat(metadata.getRevocationEndpointURI()).isEqualTo(lapse.url("/oauth/revoke"));
        assertThat(metadata.getCodeChallengeMethods())
                .extracting(Object::toString)
                .containsExactly("S256");
        assertThat(metadata.getResponseTypes()).extracting(Object::toString).containsExactly("code");
        assertThat(metadata.getGrantTypes())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("authorization_code", "client_credentials", "refresh_token");
    }

    @Test
    void everyEndpointThatIsPublishedAnswers() throws Exception {
        JsonNode metadata = new Answer(lapse.get("/.well-known/openid-configuration"))
                .expect(200)
                .json();

        metadata.properties().stream()
                .filter(field ->
                        field.getKey().endsWith("_endpoint") || field.getKey().equals("jwks_uri"))
                .map(field -> URI.create(field.getValue().asText()))
                .forEach(endpoint -> assertThat(lapse.get(endpoint.getPath()).statusCode())
                        .as("%s", endpoint)
                        .isNotIn(404, 500));
    }

    @Test
    void publishedKeysVerifyTheTokens() throws Exception {
        for (String token : List.of(
                lapse.service().accessToken(),
                lapse.signIn("alice@demo.example").accessToken(),
                lapse.signIn("alice@demo.example").tokens().idToken())) {
            SignedJWT jwt = SignedJWT.parse(token);
            JWK key = keys().getKeyByKeyId(jwt.getHeader().getKeyID());

            assertThat(jwt.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
        }
    }

    @Test
    void noPrivateKeyIsPublished() throws Exception {
        assertThat(keys().getKeys()).isNotEmpty().noneMatch(JWK::isPrivate);
    }

    @Test
    void keysMayBeRotatedAndTokensFromBeforeStayGood() throws Exception {
        TokenHolder before = lapse.service();
        SignedJWT oldToken = SignedJWT.parse(before.accessToken());

        lapse.service().post("/api/v2/oauth/signingkeys/rotation", "").expect(200);

        SignedJWT newToken = SignedJWT.parse(lapse.service().accessToken());
        assertThat(newToken.getHeader().getKeyID())
                .isNotEqualTo(oldToken.getHeader().getKeyID());
        for (SignedJWT token : List.of(oldToken, newToken)) {
            JWK key = keys().getKeyByKeyId(token.getHeader().getKeyID());
            assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
        }
        before.use().expect(200);
    }

    @Test
    void whatIsPublishedMayBeReadFromEveryOriginAndATokenMayNot() {
        for (String path : List.of(
                "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/oauth/jwks")) {
            assertThat(fromElsewhere(path).expect(200).header("Access-Control-Allow-Origin"))
                    .contains("*");
        }
        assertThat(fromElsewhere("/oauth/userinfo").header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private Answer fromElsewhere(String path) {
        return new Answer(lapse.send(HttpRequest.newBuilder(lapse.url(path))
                .header("Origin", "https://unknown.example")
                .build()));
    }

    private JWKSet keys() throws java.text.ParseException {
        return JWKSet.parse(new Answer(lapse.get("/oauth/jwks")).expect(200).body());
    }

    @Test
    void accessTokenHasTheClaimsOfItsProfiles() throws Exception {
        TokenHolder alice = lapse.signIn("alice@demo.example");

        var claims = alice.claims();

        // RFC 9068 section 2.2
        assertThat(claims.getIssuer()).isEqualTo(lapse.url().toString());
        assertThat(claims.getAudience()).isNotEmpty();
        assertThat(claims.getSubject()).isNotBlank();
        assertThat(claims.getStringClaim("client_id")).isEqualTo(DemoDesk.ID);
        assertThat(claims.getIssueTime()).isBefore(claims.getExpirationTime());
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(claims.getClaim("auth_time")).isInstanceOf(Number.class);
        assertThat(claims.getStringClaim("scope")).isEqualTo("openid all");
        // MicroProfile JWT 2.1 section 4
        assertThat(claims.getStringClaim("upn")).isEqualTo("alice@demo.example");
        assertThat(claims.getStringListClaim("groups")).isEmpty();
        assertThat(claims.getStringListClaim("user_groups")).contains("Agents");
        assertThat(claims.getStringClaim("sid")).isNotBlank();
        assertThat(SignedJWT.parse(alice.accessToken()).getHeader().getType()).hasToString("JWT");
    }

    @Test
    void userInfoTellsWhoTheUserIs() {
        DemoDesk desk = new DemoDesk(lapse, new Browser(lapse));
        Answer page = desk.authorize(desk.authorizationRequest().with("scope", "openid profile email"));
        TokenHolder alice = desk.comeBack(desk.fillIn(page, "alice@demo.example", DemoDesk.PASSWORD));

        JsonNode claims = alice.get("/oauth/userinfo").expect(200).json();

        assertThat(claims.required("sub").asText()).isNotBlank();
        assertThat(claims.required("name").asText()).isEqualTo("Alice Agent");
        assertThat(claims.required("preferred_username").asText()).isEqualTo("alice@demo.example");
        assertThat(claims.required("email").asText()).isEqualTo("alice@demo.example");
        assertThat(claims.required("email_verified").asBoolean()).isFalse();
    }

    @Test
    void userInfoTakesTheTokenInTheHeaderOrInAForm() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        Form form = Form.of("access_token", alice.accessToken());

        assertThat(lapse.post("/oauth/userinfo", form)
                        .expect(200)
                        .json()
                        .required("sub")
                        .asText())
                .isEqualTo(alice.userId());
        assertThat(alice.post("/oauth/userinfo", "")
                        .expect(200)
                        .json()
                        .required("sub")
                        .asText())
                .isEqualTo(alice.userId());
        assertThat(lapse.post("/oauth/userinfo", Form.of())).hasStatus(401);
        assertThat(new Answer(lapse.send(form.postBy(HttpRequest.newBuilder(lapse.url("/oauth/userinfo")))
                        .header("Authorization", "Bearer " + alice.accessToken())
                        .build())))
                .isOAuthError(400, "invalid_request");
        assertThat(new Answer(lapse.get("/oauth/userinfo?access_token=" + alice.accessToken())))
                .hasStatus(400);
    }

    @Test
    void userInfoNeedsATokenOfAUser() {
        assertThat(new Answer(lapse.get("/oauth/userinfo")).status()).isEqualTo(401);
        assertThat(lapse.holderOf("invented").get("/oauth/userinfo").status()).isEqualTo(401);
        assertThat(lapse.service().get("/oauth/userinfo").status()).isEqualTo(403);
    }
}
