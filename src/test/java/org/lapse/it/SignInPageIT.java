package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The pages that the server renders, in a real browser that runs no scripts. How they look is in {@link
 * DemoDeskPagesIT}.
 */
@OnServer
class SignInPageIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Pattern DESK = Pattern.compile(".*/demo/\\?.*code=.*");

    @RegisterExtension
    static final SuiteChromium CHROMIUM = new SuiteChromium();

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final DemoDesk desk = new DemoDesk(lapse, new org.lapse.it.Browser(lapse));

    @SuppressWarnings("NullAway.Init") // arrive() fills it
    private BrowserContext profile;

    @SuppressWarnings("NullAway.Init") // arrive() fills it
    private Page page;

    @BeforeEach
    void arrive() {
        administrator.setTimeout(TIMEOUT);
        profile = CHROMIUM.browser().profile(lapse, new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page = profile.newPage();
    }

    @AfterEach
    void leave() {
        profile.close();
        administrator.restore();
    }

    /** Asks for the sign-in page, as an application does. */
    private void ask(Form request) {
        page.navigate("/oauth/authorize?" + request.encoded());
    }

    private void askBecause(String reason) {
        ask(desk.authorizationRequest().with("reason", reason).with("prompt", "login"));
    }

    private TokenHolder signIn() {
        ask(desk.authorizationRequest().with("prompt", "login"));
        Visitor.signIn(page, Visitor.ALICE, DemoDesk.PASSWORD);
        page.waitForURL(DESK);
        String code = Form.ofQuery(URI.create(page.url()).getRawQuery()).value("code");
        return new TokenHolder(lapse, Tokens.of(lapse.post("/oauth/token", desk.tokenRequest(code))));
    }

    private void assertReason(String text) {
        assertThat(page.getByRole(AriaRole.STATUS)).hasText(text);
    }

    @Test
    void signInNeedsNoScripts() {
        ask(desk.authorizationRequest());
        assertThat(page.getByText("You will be asked to sign in again after 10 minutes without activity."))
                .isVisible();
        Visitor.signIn(page, Visitor.ALICE, "wrong");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("The user name or the password is not right.");
        assertThat(page).hasTitle(Pattern.compile("Error: sign in to Demo Desk.*"));

        Visitor.signIn(page, Visitor.ALICE, DemoDesk.PASSWORD);

        page.waitForURL(DESK);
    }

    @Test
    void answerIsPostedWhereTheApplicationWantsIt() {
        try (BrowserContext scripted = CHROMIUM.browser().profile(lapse)) {
            Page other = scripted.newPage();
            String address = "/oauth/authorize?"
                    + desk.authorizationRequest()
                            .with("prompt", "login")
                            .with("response_mode", "form_post")
                            .encoded();
            other.navigate(address);
            assertPosted(other.waitForRequest(
                    SignInPageIT::isAnswer, () -> Visitor.signIn(other, Visitor.ALICE, DemoDesk.PASSWORD)));

            page.navigate(address);
            Visitor.signIn(page, Visitor.ALICE, DemoDesk.PASSWORD);
            assertPosted(page.waitForRequest(SignInPageIT::isAnswer, () -> page.getByRole(AriaRole.BUTTON)
                    .click()));
        }
    }

    private static boolean isAnswer(Request request) {
        return request.method().equals("POST")
                && URI.create(request.url()).getPath().equals("/demo/");
    }

    private void assertPosted(Request answer) {
        String code = Form.ofQuery(answer.postData()).value("code");
        assertThat(lapse.post("/oauth/token", desk.tokenRequest(code))).hasStatus(200);
    }

    @Test
    void pageSaysWhyOneIsThere() {
        askBecause("inactivity");
        assertReason("You were signed out because there was no activity. Sign in to go on where you were.");
        askBecause("signed_out");
        assertReason("You have signed out.");
        askBecause("ended");
        assertReason("Your session has ended. Sign in again.");
        askBecause("closed");
        assertReason("Your locked session was closed. Sign in to begin a new one.");
        askBecause("forced");
        assertThat(page.getByRole(AriaRole.STATUS)).isHidden();
        askBecause("Your account is blocked, call 555-0100");
        assertThat(page.getByRole(AriaRole.STATUS)).isHidden();
    }

    @Test
    void pageSaysOfAnEndedSessionWhyThatOneEnded() {
        TokenHolder alice = signIn();
        alice.delete("/api/v2/tokens/me").expect(200);
        askBecause("ended");
        assertReason("You have signed out.");
        lapse.letPass(Duration.ofSeconds(1));
        signIn();

        administrator.endSessionsOf(administrator.idOf(Visitor.ALICE));
        askBecause("ended");

        assertReason("An administrator has ended your session. Sign in to go on where you were.");
    }

    @Test
    void pageTellsWhatInactivityDidAndWhatTheLastActivityWas() {
        TokenHolder alice = signIn();
        alice.beat().expect(200);
        lapse.letPass(TIMEOUT);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !administrator.endsOf(alice).isEmpty());

        askBecause("inactivity");

        assertThat(page.getByRole(AriaRole.STATUS))
                .hasText(
                        Pattern.compile("Signed out at \\d\\d:\\d\\d UTC: nobody was active in Demo Desk for 10 minutes"
                                + " \\(last: you, at \\d\\d:\\d\\d UTC\\)\\. Sign in to go on where you were\\."));
        assertThat(page.locator("time")).hasCount(2);
    }

    @Test
    void lockedSessionIsResumedOrClosedWithoutScripts() {
        administrator.setDeskOption("on-inactivity", "lock");
        TokenHolder alice = signIn();
        lapse.letPass(TIMEOUT);
        assertThat(alice.use()).isRefused(401, "insufficient_user_authentication");

        openRelogin();
        assertThat(page.getByLabel("User name")).hasValue(Visitor.ALICE);
        page.getByLabel("Password").fill(DemoDesk.PASSWORD);
        page.getByText("OK", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("You are back.");
        alice.use().expect(200);

        lapse.letPass(TIMEOUT);
        openRelogin();
        page.getByText("Cancel").click();
        page.getByText("Close the session").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("The session is closed.");
        assertThat(alice.use()).isRefused(401, "bad.credentials");
    }

    /** The page shows what is locked in the database, where the timer writes it. */
    private void openRelogin() {
        await().pollInSameThread().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            page.navigate("/relogin");
            assertThat(page.getByLabel("Password").count()).isOne();
        });
    }

    @Test
    void signOutAsksAndNeedsNoScripts() {
        TokenHolder alice = signIn();
        page.navigate("/logout");
        alice.use().expect(200);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();

        assertThat(page.getByRole(AriaRole.HEADING)).hasText("You are signed out");
        assertThat(alice.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void errorPageIsAPageOfOurs() {
        page.navigate("/nowhere");

        assertThat(page.getByRole(AriaRole.HEADING)).hasText("That did not work");
        assertThat(page.getByText("Reference for support")).isVisible();
    }

    @Test
    void pagesCarryTheBrand() {
        ask(desk.authorizationRequest());

        assertThat(page).hasTitle("Sign in to Demo Desk – Lapse");
        assertThat(page.locator(".brand")).hasText("Lapse");
        assertThat(lapse.get("/brand/logo").headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("image/svg+xml"));
        assertThat(lapse.get("/brand/logo").body()).contains("<svg");
        assertThat(lapse.get("/brand/brand.css").body()).contains("--accent: #0f5c63");
        assertThat(lapse.get("/brand/brand.css").headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/css"));
    }
}
