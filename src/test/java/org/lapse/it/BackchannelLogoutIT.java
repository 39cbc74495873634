package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lapse.insight.delivery.LogoutReceiver;

/** An application hears within a second that a session of its users has lapsed, and can verify that. */
@OnServer
class BackchannelLogoutIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String RECEIVERS = "/api/v2/deliveries/receivers";
    private static final String DELIVERED = "lapse_deliveries_total{kind=\"logout\",outcome=\"delivered\"}";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final LogoutReceiver receiver = new LogoutReceiver();

    @AfterEach
    void restore() {
        hearAt("").expect(200);
        administrator.restore();
        receiver.close();
    }

    private Answer hearAt(String address) {
        return lapse.service()
                .put(
                        "/api/v2/oauth/clients/" + DemoDesk.ID,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("backchannelLogoutUri", address)
                                .toString());
    }

    @Test
    void lapseIsHeardWithinASecondAndALockIsNot() throws Exception {
        assertThat(OIDCProviderMetadata.parse(
                                lapse.get("/.well-known/openid-configuration").body())
                        .supportsBackChannelLogoutSession())
                .isTrue();
        hearAt(receiver.address()).expect(200);
        administrator.setDeskOption("on-inactivity", "lock");
        TokenHolder bob = lapse.signIn("bob@demo.example");
        administrator.setTimeout(TIMEOUT);
        lapse.letPass(TIMEOUT);
        await().atMost(Duration.ofSeconds(20)).until(() -> bob.use().status() != 200);
        administrator.setDeskOption("on-inactivity", null);
        TokenHolder alice = lapse.signIn("alice@demo.example");
        double before = lapse.metric(DELIVERED);

        lapse.letPass(TIMEOUT);

        await().atMost(Duration.ofSeconds(1)).until(() -> heardOf(alice).size() == 1);
        verify(heardOf(alice).get(0), alice);
        assertThat(heardOf(bob)).isEmpty();
        await().atMost(Duration.ofSeconds(20)).until(() -> lapse.metric(DELIVERED) > before);
        assertThat(lapse.metric("lapse_delivery_oldest_seconds")).isNotNegative();
    }

    private void verify(SignedJWT token, TokenHolder holder) throws Exception {
        JWKSet keys = JWKSet.parse(lapse.get("/oauth/jwks").body());
        String kid = token.getHeader().getKeyID();
        assertThat(token.verify(new RSASSAVerifier(keys.getKeyByKeyId(kid).toRSAKey())))
                .isTrue();
        assertThat(token.getHeader().getType()).isEqualTo(new JOSEObjectType("logout+jwt"));
        LogoutTokenClaimsSet claims = new LogoutTokenClaimsSet(token.getJWTClaimsSet());
        assertThat(claims.getIssuer().getValue()).isEqualTo(lapse.url().toString());
        assertThat(claims.getAudience()).extracting(Object::toString).containsExactly(DemoDesk.ID);
        assertThat(claims.getSubject().getValue()).isEqualTo(holder.userId());
        assertThat(claims.getSessionID().getValue()).isEqualTo(holder.sessionId());
        assertThat(claims.getExpirationTime()).isAfter(claims.getIssueTime());
        assertThat(claims.getJWTID()).isNotNull();
        assertThat(lapse.holderOf(token.serialize()).use()).isRefused(401, "bad.credentials");
    }

    private List<SignedJWT> heardOf(TokenHolder holder) {
        return receiver.tokens().stream()
                .filter(token -> {
                    try {
                        return holder.sessionId().equals(token.getJWTClaimsSet().getStringClaim("sid"));
                    } catch (ParseException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    @Test
    void administratorsSeeHowReceiversFareAndSendAgain() {
        receiver.close();
        hearAt(receiver.address()).expect(200);
        TokenHolder alice = lapse.signIn("alice@demo.example");
        assertThat(alice.get(RECEIVERS)).isRefused(403, "missing.permissions");
        administrator.endSessionsOf(alice.userId());

        await().atMost(Duration.ofSeconds(20))
                .until(() -> desk().required("state").asText().equals("failing"));
        assertThat(desk().required("waiting").asInt()).isPositive();
        assertThat(desk().required("lastError").asText()).isEqualTo("The host does not accept connections.");
        assertThat(lapse.service()
                        .post(RECEIVERS + "/" + DemoDesk.ID + "/send", "")
                        .status())
                .isEqualTo(204);
        assertThat(lapse.service().post(RECEIVERS + "/nobody/send", "")).isRefused(404, "not.found");
        assertThat(hearAt("https://169.254.169.254/logout")).isRefused(400, "invalid.value");
    }

    private JsonNode desk() {
        return StreamSupport.stream(
                        lapse.service()
                                .get(RECEIVERS)
                                .expect(200)
                                .json()
                                .required("entities")
                                .spliterator(),
                        false)
                .filter(found -> found.required("id").asText().equals(DemoDesk.ID))
                .findFirst()
                .orElseThrow();
    }
}
