package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sign-in page, without JavaScript, and what its cookie may do afterwards. */
@OnServer
class SignInIT {
    /**
     * Five are answered at once. A slow machine needs longer for the next than the first waits, which become twice as
     * long each time.
     */
    private static final int MOST_GUESSES = 12;

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final Browser browser = new Browser(lapse);
    private final DemoDesk desk = new DemoDesk(lapse, browser);

    @AfterEach
    void restore() {
        administrator.restore();
    }

    @Test
    void everyWrongCredentialIsAnsweredAlike() {
        Answer page = desk.authorize().expect(200);

        String wrongPassword = messageOf(desk.fillIn(page, "alice@demo.example", "wrong"));
        String unknownUser = messageOf(desk.fillIn(page, UUID.randomUUID() + "@demo.example", "wrong"));
        String noPassword = messageOf(desk.fillIn(page, "alice@demo.example", ""));
        String noUser = messageOf(desk.fillIn(page, "", DemoDesk.PASSWORD));
        String control = messageOf(desk.fillIn(page, "alice\u0000@demo.example", DemoDesk.PASSWORD));

        assertThat(wrongPassword).isNotBlank();
        assertThat(unknownUser).isEqualTo(wrongPassword);
        assertThat(noPassword).isEqualTo(wrongPassword);
        assertThat(noUser).isEqualTo(wrongPassword);
        assertThat(control).isEqualTo(wrongPassword);
        desk.comeBack(desk.fillIn(page, "alice@demo.example", DemoDesk.PASSWORD))
                .use()
                .expect(200);
    }

    @Test
    void guessesAreThrottledForKnownAndUnknownNamesAlike() {
        Answer page = desk.authorize().expect(200);
        String unknownUser = UUID.randomUUID() + "@demo.example";
        Answer guess = desk.fillIn(page, unknownUser, "wrong");
        int answered = 0;
        while (guess.status() != 429 && answered < MOST_GUESSES) {
            answered++;
            guess = desk.fillIn(page, unknownUser, "wrong");
        }

        assertThat(answered).isBetween(5, MOST_GUESSES - 1);
        assertThat(guess.header("Retry-After")).hasValueSatisfying(seconds -> assertThat(Integer.parseInt(seconds))
                .isPositive());
    }

    private static String messageOf(Answer page) {
        assertThat(page.body()).contains("<form");
        assertThat(page.header("Location")).isEmpty();
        String alert = page.body().replaceAll("(?s).*role=\"alert\"[^>]*>([^<]*)<.*", "$1");
        assertThat(alert).as(page.body()).hasSizeLessThan(200);
        return page.status() + " " + alert;
    }

    @Test
    void userNameMayBeWrittenInAnyCase() {
        Answer back = desk.fillIn(desk.authorize(), "ALICE@Demo.Example", DemoDesk.PASSWORD);

        assertThat(desk.comeBack(back).claims().getClaim("upn")).isEqualTo("alice@demo.example");
    }

    @Test
    void pageSaysHowLongInactivityMayLast() {
        administrator.setTimeout(Duration.ofMinutes(15));
        assertThat(desk.authorize().body()).contains("15 minutes");

        administrator.setTimeout(Duration.ofMinutes(90));
        assertThat(desk.authorize().body()).contains("1 hour 30 minutes");
    }

    @Test
    void pageRunsNoScriptButAFileOfOursAndIsNeverFramed() {
        Answer page = desk.authorize();

        assertThat(page.body())
                .doesNotContainPattern("<script(?! type=\"module\" src=\"/page/(passkey|clock).js\"></script>)")
                .doesNotContain("style=");
        assertThat(page.header("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'", "trusted-types 'none'")
                .doesNotContain("unsafe-inline"));
        assertThat(page.headers("X-Frame-Options")).containsExactly("DENY");
        assertThat(page.header("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
    }

    @Test
    void cookiesAreOutOfReachForScriptsAndOtherSites() {
        Answer back = desk.fillIn(desk.authorize(), "alice@demo.example", DemoDesk.PASSWORD);

        assertThat(back.headers("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax"));
    }

    @Test
    void whatSomebodyTypedIsShownAsTextOnly() {
        Answer page = desk.fillIn(desk.authorize(), "<script>alert(1)</script>\"'", "wrong");

        assertThat(page.body()).doesNotContain("<script>alert").contains("&lt;script&gt;");
    }

    @Test
    void formOfAnotherSiteIsRefused() {
        Answer page = desk.authorize();
        Form filledIn = Browser.hiddenFields(page)
                .with("username", "alice@demo.example")
                .with("password", DemoDesk.PASSWORD);

        Answer withoutGuard = browser.post(page, filledIn.without("csrf"));
        Answer withAnotherGuard = browser.post(page, filledIn.with("csrf", "A".repeat(43)));
        browser.forgetCookies();
        Answer withoutCookie = browser.post(page, filledIn);

        for (Answer refused : List.of(withoutGuard, withAnotherGuard, withoutCookie)) {
            assertThat(refused.body()).contains("name=\"password\"");
            assertThat(refused.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("lapse_sign_in="));
        }
    }

    @Test
    void anotherApplicationIsSilentlySignedInWhileActive() {
        administrator.setTimeout(TIMEOUT);
        TokenHolder alice = desk.signIn("alice@demo.example");
        alice.use().expect(200);

        DemoDesk second = new DemoDesk(lapse, browser);
        TokenHolder again = second.comeBack(second.authorize().expect(302));

        assertThat(again.userId()).isEqualTo(alice.userId());
        assertThat(again.sessionId()).isNotEqualTo(alice.sessionId());
        alice.use().expect(200);
    }

    @Test
    void cookieDoesNotSilentlyRenewWhatLapsed() {
        administrator.setTimeout(TIMEOUT);
        TokenHolder alice = desk.signIn("alice@demo.example");
        lapse.letPass(TIMEOUT);

        Answer page = new DemoDesk(lapse, browser).authorize();

        assertThat(page).hasStatus(200);
        assertThat(page.body()).contains("name=\"password\"");
        assertThat(alice.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void cookieDoesNotRenewWhatLapsedEvenAfterTheTimeoutIsSwitchedOff() {
        administrator.setTimeout(TIMEOUT);
        TokenHolder alice = desk.signIn("alice@demo.example");
        lapse.letPass(TIMEOUT);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(administrator.endsOf(alice)).hasSize(1));
        administrator.clearTimeout();

        assertThat(new DemoDesk(lapse, browser).authorize().body()).contains("name=\"password\"");
    }

    @Test
    void afterSigningInAgainTheUserLandsWhereTheyAskedFor() {
        administrator.setTimeout(TIMEOUT);
        desk.signIn("alice@demo.example");
        lapse.letPass(TIMEOUT);
        administrator.clearTimeout();
        DemoDesk later = new DemoDesk(lapse, browser);

        Answer back = later.fillIn(later.authorize(), "alice@demo.example", DemoDesk.PASSWORD);

        assertThat(Form.ofQuery(back.location().getRawQuery()).value("state")).isEqualTo(later.state());
        later.comeBack(back).use().expect(200);
    }

    @Test
    void afterSigningInAgainOtherApplicationsEnterSilently() {
        administrator.setTimeout(TIMEOUT);
        desk.signIn("alice@demo.example");
        lapse.letPass(TIMEOUT);
        administrator.clearTimeout();
        new DemoDesk(lapse, browser).signIn("alice@demo.example");

        DemoDesk next = new DemoDesk(lapse, browser);

        next.comeBack(next.authorize().expect(302)).use().expect(200);
    }

    @Test
    void promptLoginAsksForThePasswordInAnyCase() {
        desk.signIn("alice@demo.example");

        Answer page = desk.authorize(desk.authorizationRequest().with("prompt", "login"));

        assertThat(page.body()).contains("name=\"password\"");
    }

    @Test
    void anotherUserInTheSameBrowserEndsTheSessionsOfTheFirst() {
        TokenHolder alice = desk.signIn("alice@demo.example");

        DemoDesk second = new DemoDesk(lapse, browser);
        Answer page = second.authorize(second.authorizationRequest().with("prompt", "login"));
        TokenHolder bob = second.comeBack(second.fillIn(page, "bob@demo.example", DemoDesk.PASSWORD));

        assertThat(alice.use()).isRefused(401, "bad.credentials");
        bob.use().expect(200);
    }
}
