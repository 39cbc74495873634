package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Applications that lock on inactivity: the session is kept, and its original user resumes it. */
@OnServer
class ReloginIT {
    private static final String RELOGIN = "/api/v2/relogin";
    private static final String RENEW = "/api/v2/relogin/token";
    private static final String CANCEL = "/api/v2/relogin/cancel";
    private static final String RIGHT = "{\"password\":\"" + DemoDesk.PASSWORD + "\"}";
    private static final String WRONG = "{\"password\":\"wrong\"}";
    private static final String STATE = "/api/v2/tokens/me/state";
    private static final String SCREEN = "\"the same screen\"";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** {@code lapse.relogin.wait}: how long the first refused re-login makes the next one wait. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);

    /** {@code lapse.refresh.reuse-grace}: how long the token before stays good. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String LOCKED = "insufficient_user_authentication";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final Browser browser = new Browser(lapse);

    @BeforeEach
    void deskLocks() {
        administrator.setDeskOption("on-inactivity", "lock");
    }

    @AfterEach
    void restore() {
        administrator.restore();
    }

    /** Alice, on queue, whose session has been locked by the timer; the timeout is off now. */
    private TokenHolder aliceLocked() {
        TokenHolder alice = new DemoDesk(lapse, browser).signIn("alice@demo.example");
        Presences.choose(alice, "On Queue").expect(200);
        alice.put(STATE, SCREEN).expect(200);
        letLock(alice);
        return alice;
    }

    private void letLock(TokenHolder user) {
        administrator.setTimeout(TIMEOUT);
        lapse.letPass(TIMEOUT);
        await().atMost(PATIENCE).until(() -> administrator.auditsOf(user.sessionId()).stream()
                .anyMatch(row -> row.required("action").asText().equals("session.lock")));
        administrator.clearTimeout();
    }

    @Test
    void unusedSessionIsLockedAndNotEnded() {
        TokenHolder alice = aliceLocked();

        Answer refusal = alice.use();

        assertThat(refusal).isRefused(401, LOCKED);
        assertThat(refusal.header("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).contains("error=\"" + LOCKED + "\""));
        assertThat(alice.beat()).isRefused(401, LOCKED);
        assertThat(alice.get("/api/v2/users/me")).isRefused(401, LOCKED);
        assertThat(administrator.endsOf(alice)).isEmpty();
    }

    @Test
    void lockSaysWhetherInactivityOrAnAdministratorIsTheReason() {
        TokenHolder alice = aliceLocked();
        assertThat(alice.use().body()).contains("because of inactivity", "locked.inactivity");
        alice.post(RELOGIN, "{\"password\":\"" + DemoDesk.PASSWORD + "\"}").expect(200);
        assertThat(alice.beat().expect(200).json().required("onInactivity").asText())
                .isEqualTo("revoke"); // without a timeout the absolute end comes first
        administrator.setTimeout(TIMEOUT);
        assertThat(alice.beat().expect(200).json().required("onInactivity").asText())
                .isEqualTo("lock");

        lapse.service()
                .post("/api/v2/sessions/lock", "{\"sessionIds\":[\"" + alice.sessionId() + "\"]}")
                .expect(200);

        Answer refusal = alice.use();
        assertThat(refusal).isRefused(401, LOCKED);
        assertThat(refusal.body())
                .contains("An administrator has locked the session", "locked.forced")
                .doesNotContain("inactivity");
        assertThat(browser.open("/relogin").body())
                .contains("An administrator has locked this session")
                .doesNotContain("Nothing was done");
        assertThat(new DemoDesk(lapse, browser).authorize().body())
                .contains("An administrator has locked your session. Sign in to begin a new one.");
    }

    @Test
    void accessIsGoneAtTheDeadlineWhetherTheTimerHasComeRoundOrNot() {
        administrator.setTimeout(TIMEOUT);
        TokenHolder alice = lapse.signIn("alice@demo.example");
        lapse.letPass(TIMEOUT);

        assertThat(alice.use()).isRefused(401, LOCKED);
    }

    @Test
    void lockedTokenIsInactiveForOtherServices() {
        TokenHolder alice = aliceLocked();

        assertThat(lapse.postAsService("/oauth/introspect", Form.of("token", alice.accessToken()))
                        .expect(200)
                        .json()
                        .required("active")
                        .asBoolean())
                .isFalse();
        assertThat(alice.get("/oauth/userinfo").status()).isEqualTo(401);
    }

    @Test
    void originalUserResumesTheVerySameSession() {
        TokenHolder alice = aliceLocked();

        JsonNode resumed = alice.post(RELOGIN, RIGHT).expect(200).json();

        assertThat(resumed.required("sessionId").asText()).isEqualTo(alice.sessionId());
        assertThat(resumed.required("state").asText()).isEqualTo("ACTIVE");
        alice.use().expect(200);
        assertThat(administrator.auditsOf(alice.sessionId()))
                .extracting(row -> row.required("action").asText())
                .containsExactly("session.unlock", "session.lock", "session.open");
    }

    @Test
    void originalUserFindsTheSameScreenAndIsStillOnQueue() {
        TokenHolder alice = aliceLocked();
        assertThat(alice.get(STATE)).isRefused(401, LOCKED);
        assertThat(Presences.of(alice)).isEqualTo("On Queue, IDLE");

        alice.post(RELOGIN, RIGHT).expect(200);

        assertThat(alice.get(STATE).expect(200).body()).isEqualTo(SCREEN);
        assertThat(Presences.of(alice)).isEqualTo("On Queue, IDLE");
    }

    @Test
    void resumedSessionLocksAgain() {
        TokenHolder alice = aliceLocked();
        alice.post(RELOGIN, RIGHT).expect(200);
        administrator.setTimeout(TIMEOUT);

        lapse.letPass(TIMEOUT);

        assertThat(alice.use()).isRefused(401, LOCKED);
    }

    @Test
    void callsWhileLockedResumeNothing() {
        TokenHolder alice = aliceLocked();

        alice.beat();
        alice.use();

        assertThat(alice.use()).isRefused(401, LOCKED);
    }

    @Test
    void wrongPasswordIsRefusedAndSessionStaysLocked() {
        TokenHolder alice = aliceLocked();

        assertThat(alice.post(RELOGIN, WRONG)).isRefused(400, "invalid.password");

        assertThat(alice.use()).isRefused(401, LOCKED);
        resumeWhenPermitted(alice);
    }

    @Test
    void nextGuessMustWait() {
        TokenHolder alice = aliceLocked();
        alice.post(RELOGIN, WRONG).expect(400);

        Answer tooSoon = alice.post(RELOGIN, RIGHT);

        assertThat(tooSoon).isRefused(429, "too.many.requests");
        assertThat(tooSoon.header("Retry-After")).hasValueSatisfying(seconds -> assertThat(Integer.parseInt(seconds))
                .isPositive());
        resumeWhenPermitted(alice);
    }

    private void resumeWhenPermitted(TokenHolder holder) {
        lapse.letPass(FIRST_WAIT);
        holder.post(RELOGIN, RIGHT).expect(200);
    }

    @Test
    void anotherUserIsRefused() {
        TokenHolder alice = aliceLocked();

        assertThat(alice.post(
                        RELOGIN, "{\"username\":\"bob@demo.example\",\"password\":\"" + DemoDesk.PASSWORD + "\"}"))
                .isRefused(403, "not.authorized");

        assertThat(alice.use()).isRefused(401, LOCKED);
    }

    @Test
    void passwordThatIsChangedEndsTheLockedSessionToo() {
        String username = UUID.randomUUID() + "@demo.example";
        String id = administrator.createUser(username);
        TokenHolder user = locked(username, () -> {});

        setPassword(id, true);

        assertThat(user.post(RELOGIN, RIGHT)).isRefused(401, "bad.credentials");
        assertThat(administrator.endsOf(user))
                .singleElement()
                .satisfies(end -> assertThat(end.required("reason").asText()).isEqualTo("PASSWORD_CHANGED"));
    }

    @Test
    void newestPasswordIsWantedWhereTheChangeLeftTheSessionOpen() {
        String username = UUID.randomUUID() + "@demo.example";
        String id = administrator.createUser(username);
        TokenHolder user = locked(username, () -> setPassword(id, false));

        assertThat(user.post(RELOGIN, RIGHT)).isRefused(400, "invalid.password");
        lapse.letPass(FIRST_WAIT);
        user.post(RELOGIN, "{\"password\":\"another-Passw0rd!\"}").expect(200);
    }

    private void setPassword(String userId, boolean endOtherSessions) {
        lapse.service()
                .post(
                        "/api/v2/users/" + userId + "/password",
                        "{\"newPassword\":\"another-Passw0rd!\",\"endOtherSessions\":" + endOtherSessions + "}")
                .expect(200);
    }

    @Test
    void ownChangeEndsTheSessionsElsewhereAndNotTheOneThatMakesIt() {
        String username = UUID.randomUUID() + "@demo.example";
        administrator.createUser(username);
        TokenHolder thief = lapse.signIn(username);
        TokenHolder user = lapse.signIn(username);

        user.post(
                        "/api/v2/users/me/password",
                        "{\"oldPassword\":\"" + DemoDesk.PASSWORD + "\",\"newPassword\":\"another-Passw0rd!\"}")
                .expect(200);

        user.use().expect(200);
        assertThat(thief.use()).isRefused(401, "bad.credentials");
    }

    /** Somebody whose session was locked after something else was done. */
    private TokenHolder locked(String username, Runnable first) {
        TokenHolder user = lapse.signIn(username);
        first.run();
        letLock(user);
        return user;
    }

    @Test
    void sessionIsClosedAfterFiveRefusals() {
        TokenHolder alice = aliceLocked();
        for (int refusal = 0; refusal < 4; refusal++) {
            alice.post(RELOGIN, anotherUser()).expect(403);
            lapse.letPass(FIRST_WAIT.multipliedBy(1L << refusal));
        }

        alice.post(RELOGIN, anotherUser()).expect(401);

        assertThat(alice.post(RELOGIN, RIGHT)).isRefused(401, "bad.credentials");
        assertThat(administrator.endsOf(alice))
                .singleElement()
                .satisfies(end -> assertThat(end.required("reason").asText()).isEqualTo("CLOSED"));
    }

    /** Counts as a refusal without a wrong password, which would slow Alice's next sign-in down. */
    private static String anotherUser() {
        return "{\"username\":\"bob@demo.example\",\"password\":\"any\"}";
    }

    @Test
    void cancelClosesOnlyWhenItIsConfirmed() {
        TokenHolder alice = aliceLocked();

        assertThat(alice.post(CANCEL, "{}")).isRefused(400, "invalid.value").namesField("confirmed");
        assertThat(alice.post(CANCEL, "{\"confirmed\":false}")).isRefused(400, "invalid.value");
        assertThat(alice.use()).isRefused(401, LOCKED);
        alice.post(CANCEL, "{\"confirmed\":true}").expect(200);

        assertThat(alice.use()).isRefused(401, "bad.credentials");
        assertThat(alice.post(RELOGIN, RIGHT)).isRefused(401, "bad.credentials");
        assertThat(administrator.endsOf(alice))
                .singleElement()
                .satisfies(end -> assertThat(end.required("reason").asText()).isEqualTo("CLOSED"));
    }

    @Test
    void sessionThatIsNotLockedIsNotResumed() {
        TokenHolder alice = lapse.signIn("alice@demo.example");

        assertThat(alice.post(RELOGIN, RIGHT)).isRefused(409, "general.conflict");
        assertThat(lapse.holderOf("invented").post(RELOGIN, RIGHT)).isRefused(401, "bad.credentials");
    }

    @Test
    void sessionGetsANewTokenWhereTheClientTakesIt() {
        TokenHolder alice = aliceLocked();

        JsonNode resumed = alice.post(RELOGIN, "{\"password\":\"" + DemoDesk.PASSWORD + "\",\"newToken\":true}")
                .expect(200)
                .json();

        TokenHolder renewed = lapse.holderOf(resumed.required("accessToken").asText());
        assertThat(resumed.required("sessionId").asText()).isEqualTo(alice.sessionId());
        assertThat(resumed.required("expiresIn").asLong()).isPositive();
        renewed.use().expect(200);
        alice.use().expect(200);
        lapse.letPass(GRACE);
        assertThat(alice.use()).isRefused(401, "bad.credentials");
        renewed.use().expect(200);
    }

    @Test
    void clientToWhichThePageLeadsBackRenewsTheTokenOnce() {
        TokenHolder alice = aliceLocked();
        assertThat(alice.post(RENEW, "")).isRefused(401, LOCKED);
        browser.submit(browser.open("/relogin"), Form.of("password", DemoDesk.PASSWORD, "answer", "ok"))
                .expect(200);

        JsonNode answer = alice.post(RENEW, "").expect(200).json();

        TokenHolder renewed = lapse.holderOf(answer.required("accessToken").asText());
        renewed.use().expect(200);
        assertThat(alice.post(RENEW, "")).isRefused(409, "general.conflict");
        assertThat(renewed.post(RENEW, "")).isRefused(409, "general.conflict");
        lapse.letPass(GRACE);
        assertThat(alice.use()).isRefused(401, "bad.credentials");
        renewed.use().expect(200);
    }

    @Test
    void clientThatTakesNoNewTokenGoesOnWithItsOwn() {
        TokenHolder alice = aliceLocked();
        JsonNode resumed = alice.post(RELOGIN, RIGHT).expect(200).json();
        assertThat(resumed.has("accessToken")).isFalse();

        lapse.letPass(Duration.ofMinutes(1));

        alice.use().expect(200);
        assertThat(alice.post(RENEW, "")).isRefused(409, "general.conflict");
    }

    @Test
    void passwordIsNeeded() {
        TokenHolder alice = aliceLocked();

        assertThat(alice.post(RELOGIN, "{}")).isRefused(400, "invalid.value").namesField("password");
        assertThat(alice.post(RELOGIN, "{\"password\":null}")).isRefused(400, "invalid.value");
        assertThat(alice.post(RELOGIN, "{\"password\":7}")).isRefused(400, "invalid.value");
        alice.post(RELOGIN, RIGHT).expect(200);
    }

    @Test
    void applicationOnItsOwnEndsInsteadOfLocking() {
        administrator.setSecurityOption(LapseSystem.SERVICE_ID, "on-inactivity", "lock");
        administrator.setTimeout(TIMEOUT);
        TokenHolder service = lapse.service();

        lapse.letPass(TIMEOUT);

        assertThat(service.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void lockedSessionIsEndedByAnAdministratorToo() {
        TokenHolder alice = aliceLocked();

        lapse.service().delete("/api/v2/tokens/" + alice.userId()).expect(200);

        assertThat(alice.post(RELOGIN, RIGHT)).isRefused(401, "bad.credentials");
    }

    @Test
    void plainPageResumesTheSessionOfItsBrowser() {
        TokenHolder alice = aliceLocked();

        Answer page = browser.open("/relogin");
        assertThat(page.body()).contains("alice@demo.example", "name=\"password\"");
        browser.submit(page, Form.of("password", DemoDesk.PASSWORD, "answer", "ok"))
                .expect(200);

        alice.use().expect(200);
    }

    @Test
    void plainPageClosesTheSessionAfterConfirmation() {
        TokenHolder alice = aliceLocked();

        Answer question = browser.submit(browser.open("/relogin"), Form.of("answer", "cancel"));
        assertThat(alice.use()).isRefused(401, LOCKED);
        browser.submit(question, Form.of("answer", "close")).expect(200);

        assertThat(alice.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void plainPageRefusesTheFormOfAnotherSite() {
        TokenHolder alice = aliceLocked();
        Answer page = browser.open("/relogin");
        Form filledIn =
                Browser.hiddenFields(page).with("password", DemoDesk.PASSWORD).with("answer", "ok");

        browser.post(page, filledIn.without("csrf")).expect(400);

        assertThat(alice.use()).isRefused(401, LOCKED);
    }

    @Test
    void passwordInTheAddressIsNone() {
        TokenHolder alice = aliceLocked();
        Answer page = browser.open("/relogin");
        String address = "/relogin?"
                + Form.of("password", DemoDesk.PASSWORD, "answer", "ok").encoded();

        browser.postTo(address, Browser.hiddenFields(page)).expect(400);
        browser.postTo(address, Browser.hiddenFields(page).with("answer", "ok")).expect(400);

        assertThat(alice.use()).isRefused(401, LOCKED);
    }

    @Test
    void plainPageKnowsNoSessionsOfOtherBrowsers() {
        TokenHolder alice = aliceLocked();

        Answer page = new Browser(lapse).open("/relogin?session=" + alice.sessionId());

        assertThat(page.body()).doesNotContain("alice@demo.example").doesNotContain("name=\"password\"");
    }
}
