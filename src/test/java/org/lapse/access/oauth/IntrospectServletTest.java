package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.application.Registered;
import org.lapse.organizations.directory.Organizations;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.FakeRequest;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.StrictJson;

/** What a client is told of a token, and of one that waits for its user. */
@OnBothDatabases
class IntrospectServletTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final LapseInJavaSE lapse;
    private final BrowserApplication desk;

    IntrospectServletTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.desk = BrowserApplication.in(lapse, Duration.ofHours(1))
                .withTimeout(TIMEOUT)
                .thatLocks();
    }

    @Test
    void activeTokenIsDescribedWithItsIdAndWhenItGoesInactive() throws ParseException {
        String token = tokenOfAlice();
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();

        JsonNode told = asDemoService(token);

        assertThat(told.required("active").asBoolean()).isTrue();
        assertThat(told.required("jti").asText()).isEqualTo(claims.getJWTID());
        assertThat(told.required("iat").asLong())
                .isEqualTo(claims.getIssueTime().toInstant().getEpochSecond());
        assertThat(told.required("idle_expires_at").asLong())
                .isBetween(
                        lapse.clock().now().plus(TIMEOUT).minusSeconds(60).getEpochSecond(),
                        lapse.clock().now().plus(TIMEOUT).getEpochSecond());
    }

    @Test
    void whoMaySeeSessionsIsToldWhyOneIsNotActive() {
        String token = tokenOfAlice();
        lapse.clock().putForward(TIMEOUT);

        assertThat(asDemoService(token).toString())
                .isEqualTo("{\"active\":false,\"inactive_reason\":\"locked.inactivity\"}");
    }

    @Test
    void whoMayNotIsToldNothing() {
        String token = tokenOfAlice();
        Registered.WithSecret stranger = Registered.serviceClient(lapse, administrator());
        assertThat(as(stranger.id(), stranger.secret(), token)
                        .required("active")
                        .asBoolean())
                .isTrue();
        lapse.clock().putForward(TIMEOUT);

        assertThat(as(stranger.id(), stranger.secret(), token).toString()).isEqualTo("{\"active\":false}");
    }

    private String tokenOfAlice() {
        return desk.signIn("alice@demo.example", "openid").getAccessToken().getValue();
    }

    private JsonNode asDemoService(String token) {
        return as("demo-service", "demo-secret", token);
    }

    private JsonNode as(String client, String secret, String token) {
        // known, so that nobody waits for a place at the database
        assertThat(lapse.get(Clients.class).find(client)).isPresent();
        String authentication =
                new ClientSecretBasic(new ClientID(client), new Secret(secret)).toHTTPAuthorizationHeader();
        String answer = BrowserInJavaSE.send(
                        lapse.get(IntrospectServlet.class),
                        FakeRequest.of("POST", "/oauth/introspect")
                                .with("Authorization", authentication)
                                .withForm(BrowserInJavaSE.encoded(Map.of("token", token))))
                .body();
        try {
            return StrictJson.mapper().readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(answer, e);
        }
    }

    private Caller administrator() {
        UUID demo = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        return new Caller(demo, "demo-service", null, "demo-service", Permission.all(), "a token");
    }
}
