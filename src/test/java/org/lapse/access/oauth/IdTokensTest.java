package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.sessions.session.Admission;

/** Tokens of one kind are not taken for those of another, although the same key signs them. */
@OnBothDatabases
class IdTokensTest {
    private final LapseInJavaSE lapse;
    private final IdTokens idTokens;
    private final OIDCTokens tokens;

    IdTokensTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.idTokens = lapse.get(IdTokens.class);
        Tokens given = BrowserApplication.in(lapse, Duration.ofHours(1)).signIn("admin@demo.example", "openid all");
        this.tokens = (OIDCTokens) given;
    }

    @Test
    void idTokenIsNoAccessToken() {
        assertThat(lapse.get(Admission.class).find(tokens.getIDTokenString())).isEmpty();
    }

    @Test
    void logoutTokenIsNeitherAnIdTokenNorAnAccessToken() {
        Instant now = lapse.clock().now();
        String token = lapse.get(LogoutTokens.class)
                .write(UUID.randomUUID(), "demo-desk", UUID.randomUUID(), UUID.randomUUID(), now);

        assertThat(idTokens.read(token, now)).isEmpty();
        assertThat(lapse.get(Admission.class).find(token)).isEmpty();
        assertThat(lapse.get(SignedAccessTokens.class).isAlive(token, now)).isFalse();
        assertThat(lapse.get(SignedAccessTokens.class)
                        .isAlive(tokens.getAccessToken().getValue(), now))
                .isTrue();
    }

    @Test
    void accessTokenIsNoIdToken() {
        assertThat(idTokens.read(tokens.getIDTokenString(), lapse.clock().now()))
                .isPresent();
        assertThat(idTokens.read(
                        tokens.getAccessToken().getValue(), lapse.clock().now()))
                .isEmpty();
    }
}
