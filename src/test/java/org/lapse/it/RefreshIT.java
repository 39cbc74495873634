package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Refresh tokens: only while no inactivity timeout applies, good once, and their theft ends the session. */
@OnServer
@OnEveryCombination
class RefreshIT {
    /** {@code lapse.refresh.reuse-grace}: how long the repetition of a refresh counts as a lost answer. */
    private static final Duration REUSE_GRACE = Duration.ofSeconds(30);

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @AfterEach
    void restore() {
        administrator.restore();
    }

    @Test
    void whileNoTimeoutAppliesTheSessionGoesOnWithANewToken() {
        TokenHolder alice = lapse.signIn("alice@demo.example");

        TokenHolder refreshed = refresh(alice);

        assertThat(refreshed.sessionId()).isEqualTo(alice.sessionId());
        assertThat(refreshed.accessToken()).isNotEqualTo(alice.accessToken());
        assertThat(refreshed.tokens().refresh()).isNotEqualTo(alice.tokens().refresh());
        refreshed.use().expect(200);
    }

    @Test
    void callsUnderWayWithTheTokenBeforePassAndLaterOnesDoNot() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        refresh(alice);

        alice.use().expect(200);
        lapse.letPass(REUSE_GRACE);

        assertThat(alice.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void whileATimeoutAppliesTheCodeFlowGivesNoRefreshToken() {
        administrator.setTimeout(Duration.ofMinutes(30));

        assertThat(lapse.signIn("alice@demo.example").tokens().refresh()).isNull();
    }

    @Test
    void applicationsOwnTimeoutLeavesNoRefreshTokenEither() {
        administrator.setDeskOption("inactivity-timeout", "5");

        assertThat(lapse.signIn("alice@demo.example").tokens().refresh()).isNull();
    }

    @Test
    void refreshTokenFromBeforeIsOfNoUseWhileATimeoutApplies() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        administrator.setTimeout(Duration.ofMinutes(30));

        assertThat(lapse.post("/oauth/token", refreshRequest(alice))).isOAuthError(400, "invalid_grant");

        alice.use().expect(200);
    }

    @Test
    void repetitionOfARefreshWhoseAnswerWasLostIsServed() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        refresh(alice);

        refresh(alice).use().expect(200);
    }

    @Test
    void lateReuseOfARefreshTokenEndsTheSession() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        TokenHolder refreshed = refresh(alice);
        lapse.letPass(REUSE_GRACE);

        assertThat(lapse.post("/oauth/token", refreshRequest(alice))).isOAuthError(400, "invalid_grant");

        assertThat(refreshed.use()).isRefused(401, "bad.credentials");
        assertThat(lapse.post("/oauth/token", refreshRequest(refreshed))).isOAuthError(400, "invalid_grant");
    }

    @Test
    void endedSessionIsNotRefreshed() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        alice.delete("/api/v2/tokens/me").expect(200);

        assertThat(lapse.post("/oauth/token", refreshRequest(alice))).isOAuthError(400, "invalid_grant");
    }

    @Test
    void refreshTokenIsOfNoUseToAnotherApplication() {
        TokenHolder alice = lapse.signIn("alice@demo.example");

        Answer answer =
                lapse.postAsService("/oauth/token", refreshRequest(alice).without("client_id"));

        assertThat(answer.status()).isEqualTo(400);
        refresh(alice).use().expect(200);
    }

    @Test
    void inventedRefreshTokenIsRefused() {
        assertThat(lapse.post(
                        "/oauth/token",
                        Form.of("grant_type", "refresh_token", "refresh_token", "invented", "client_id", DemoDesk.ID)))
                .isOAuthError(400, "invalid_grant");
    }

    @Test
    void refreshTokenIsNoAccessToken() {
        TokenHolder alice = lapse.signIn("alice@demo.example");

        assertThat(lapse.holderOf(alice.tokens().refreshToken()).use()).isRefused(401, "bad.credentials");
    }

    private TokenHolder refresh(TokenHolder holder) {
        return new TokenHolder(lapse, Tokens.of(lapse.post("/oauth/token", refreshRequest(holder))));
    }

    private static Form refreshRequest(TokenHolder holder) {
        return Form.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                holder.tokens().refreshToken(),
                "client_id",
                DemoDesk.ID);
    }
}
