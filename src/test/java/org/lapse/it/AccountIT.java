package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see and do about their own account, on the page and by the API. */
@OnServer
class AccountIT {
    private static final String ACCOUNT = "/account/";
    private static final String SESSIONS = "/api/v2/users/me/sessions";
    private static final String NEW_PASSWORD = "another-Passw0rd!";
    private static final Duration LONGER_THAN_RECENT = Duration.ofMinutes(6);
    private static final Path SCREENSHOTS = Path.of(LapseSystem.property("lapse.it.screenshots"));

    @RegisterExtension
    static final SuiteChromium CHROMIUM = new SuiteChromium();

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final Browser browser = new Browser(lapse);
    private final String username = UUID.randomUUID() + "@demo.example";

    @BeforeEach
    void makeSomebody() {
        administrator.createUser(username);
    }

    private TokenHolder signIn(Browser at) {
        return new DemoDesk(lapse, at).signIn(username);
    }

    private static Form end(TokenHolder whose) {
        return Form.of("action", "end", "id", whose.sessionId());
    }

    @Test
    void whoIsNotSignedInSignsInAndComesBack() {
        Answer signIn = browser.open(ACCOUNT);
        assertThat(signIn.body()).contains("name=\"password\"");

        Answer page = browser.submit(signIn, Form.of("username", username, "password", DemoDesk.PASSWORD));

        assertThat(page.expect(200).body()).contains("Your account", username, "You have no open sessions.");
        assertThat(page.header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
    }

    @Test
    void rootLeadsToTheAccountToTheConsoleAndToTheDesk() {
        Answer page = lapse.answerTo(HttpRequest.newBuilder(lapse.url("/"))
                .header("Accept-Language", "de")
                .build());

        assertThat(page.expect(200).body())
                .contains("Willkommen", "href=\"/account/\"", "href=\"/admin/\"", "href=\"/demo/\"");
    }

    @Test
    void sessionInAnotherBrowserIsSeenAndEndedWithItsSignIn() {
        Browser other = new Browser(lapse);
        TokenHolder there = signIn(other);
        TokenHolder here = signIn(browser);
        Answer page = browser.open(ACCOUNT).expect(200);
        assertThat(page.body()).contains(there.sessionId(), here.sessionId(), "Demo Desk", "this browser");

        Answer done = browser.submit(page, end(there)).expect(200);

        assertThat(done.body()).contains("The session has ended.").doesNotContain(there.sessionId());
        assertThat(there.use()).isRefused(401, "bad.credentials");
        assertThat(new DemoDesk(lapse, other).authorize().expect(200).body()).contains("name=\"password\"");
        here.use().expect(200);
        assertThat(administrator.endsOf(there))
                .singleElement()
                .satisfies(row -> assertThat(row.required("reason").asText()).isEqualTo("SIGNED_OUT"))
                .satisfies(row -> assertThat(row.toString()).contains(here.userId()));
    }

    @Test
    void allOthersEndAtOnce() {
        TokenHolder there = signIn(new Browser(lapse));
        TokenHolder here = signIn(browser);

        Answer done = browser.submit(browser.open(ACCOUNT), Form.of("action", "others"));

        assertThat(done.body()).contains("You are signed out everywhere else.");
        assertThat(there.use()).isRefused(401, "bad.credentials");
        here.use().expect(200);
    }

    @Test
    void whoSignedInLongAgoGivesThePasswordBefore() {
        TokenHolder there = signIn(new Browser(lapse));
        signIn(browser);
        lapse.letPass(LONGER_THAN_RECENT);

        Answer question = browser.submit(browser.open(ACCOUNT), end(there)).expect(200);
        assertThat(question.body()).contains("Is it you?");
        there.use().expect(200);
        Answer again = browser.submit(question, Form.of("password", "wrong")).expect(400);
        assertThat(again.body()).contains("The password is not right.");
        there.use().expect(200);
        browser.submit(again, Form.of("password", DemoDesk.PASSWORD)).expect(200);

        assertThat(there.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void wrongPasswordsAreGuesses() {
        TokenHolder here = signIn(browser);
        lapse.letPass(LONGER_THAN_RECENT);
        Answer question = browser.submit(browser.open(ACCOUNT), end(here)).expect(200);
        for (int guess = 0; guess < 5; guess++) {
            browser.submit(question, Form.of("password", "wrong")).expect(400);
        }

        Answer tooSoon = browser.submit(question, Form.of("password", DemoDesk.PASSWORD));

        assertThat(tooSoon.status()).isEqualTo(429);
        assertThat(tooSoon.header("Retry-After")).isPresent();
        here.use().expect(200);
    }

    @Test
    void changedPasswordGetsOthersOutAndNotThisBrowser() {
        TokenHolder thief = signIn(new Browser(lapse));
        TokenHolder here = signIn(browser);
        Form form = Form.of(
                "action",
                "password",
                "newPassword",
                NEW_PASSWORD,
                "newPasswordAgain",
                NEW_PASSWORD,
                "endOtherSessions",
                "true");
        Answer page = browser.open(ACCOUNT);
        assertThat(browser.submit(page, form.with("password", "wrong"))
                        .expect(400)
                        .body())
                .contains("The password is not right.");
        assertThat(browser.submit(page, form.with("password", DemoDesk.PASSWORD).with("newPasswordAgain", "other"))
                        .expect(400)
                        .body())
                .contains("The two new passwords are not the same.");
        thief.use().expect(200);

        Answer done = browser.submit(page, form.with("password", DemoDesk.PASSWORD));

        assertThat(done.expect(200).body()).contains("Your password is changed.");
        assertThat(thief.use()).isRefused(401, "bad.credentials");
        here.use().expect(200);
        new DemoDesk(lapse, new Browser(lapse)).signIn(username, NEW_PASSWORD);
    }

    @Test
    void formOfAnotherSiteIsRefused() {
        TokenHolder there = signIn(new Browser(lapse));
        signIn(browser);
        Answer page = browser.open(ACCOUNT);

        browser.post(page, Browser.hiddenFields(page).without("csrf").with("action", "others"))
                .expect(403);

        there.use().expect(200);
    }

    @Test
    void somebodyElsesSessionIsNotEnded() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        TokenHolder here = signIn(browser);

        browser.submit(browser.open(ACCOUNT), end(alice)).expect(200);
        assertThat(here.delete(SESSIONS + "/" + alice.sessionId())).isRefused(404, "not.found");
        assertThat(here.get(SESSIONS + "/" + alice.sessionId())).isRefused(404, "not.found");

        alice.use().expect(200);
    }

    @Test
    void consentIsTakenBackOnThePage() {
        String client = administrator.createBrowserClient(lapse.url("/demo/").toString(), false);
        TokenHolder here = signIn(browser);
        DemoDesk stranger = DemoDesk.as(lapse, browser, client);
        TokenHolder holder = stranger.comeBack(browser.submit(stranger.authorize(), Form.of("decision", "allow")));

        Answer account = browser.open(ACCOUNT);
        assertThat(account.body()).contains("At: " + lapse.url());
        browser.submit(account, Form.of("action", "revoke", "id", client)).expect(200);

        assertThat(holder.use()).isRefused(401, "bad.credentials");
        here.use().expect(200);
    }

    @Test
    void sessionsAreListedAndEndedByTheApi() {
        TokenHolder there = signIn(new Browser(lapse));
        TokenHolder alsoThere = signIn(new Browser(lapse));
        TokenHolder here = signIn(browser);

        JsonNode list = here.get(SESSIONS).expect(200).json();

        assertThat(list.required("total").asInt()).isEqualTo(3);
        JsonNode first = list.at("/entities/0");
        assertThat(first.required("id").asText()).isEqualTo(here.sessionId());
        assertThat(first.required("current").asBoolean()).isTrue();
        assertThat(first.at("/application/name").asText()).isEqualTo("Demo Desk");
        assertThat(first.required("address").asText()).isNotEmpty();
        assertThat(first.required("browser").asText()).startsWith("Java-http-client");
        here.get(first.required("selfUri").asText()).expect(200);
        here.delete(SESSIONS + "/" + there.sessionId()).expect(200);
        assertThat(there.use()).isRefused(401, "bad.credentials");
        alsoThere.use().expect(200);
        assertThat(here.delete(SESSIONS).expect(200).json().required("ended").asInt())
                .isEqualTo(1);
        assertThat(alsoThere.use()).isRefused(401, "bad.credentials");
        here.use().expect(200);
    }

    @Test
    void othersAreEndedByTheApiAfterARecentSignInAlone() {
        TokenHolder there = signIn(new Browser(lapse));
        TokenHolder here = signIn(browser);
        lapse.letPass(LONGER_THAN_RECENT.multipliedBy(3));

        assertThat(here.delete(SESSIONS)).isRefused(401, "insufficient_user_authentication");
        assertThat(here.delete(SESSIONS + "/" + there.sessionId())).isRefused(401, "insufficient_user_authentication");
        there.use().expect(200);
        here.get(SESSIONS).expect(200);

        here.delete(SESSIONS + "/" + here.sessionId()).expect(200);
        DemoDesk desk = new DemoDesk(lapse, browser);
        TokenHolder fresh = desk.comeBack(desk.fillIn(
                desk.authorize(desk.authorizationRequest().with("prompt", "login")), username, DemoDesk.PASSWORD));
        fresh.delete(SESSIONS).expect(200);

        assertThat(there.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void tokenThatWasOnlyToldWhoSignedInReachesNoSessions() {
        DemoDesk desk = new DemoDesk(lapse, browser);
        signIn(browser);
        TokenHolder told =
                desk.comeBack(desk.authorize(desk.authorizationRequest().with("scope", "openid")));

        assertThat(told.get(SESSIONS)).isRefused(403, "insufficient.scope");
        assertThat(told.delete(SESSIONS)).isRefused(403, "insufficient.scope");
        assertThat(lapse.service().get(SESSIONS)).isRefused(400, "not.a.user");
    }

    /** Leaves pictures in target/screenshots. */
    @ParameterizedTest
    @CsvSource({"LIGHT, en", "DARK, en", "LIGHT, de", "DARK, de"})
    void pageIsAccessibleInBothLanguagesAndColours(ColorScheme scheme, String language) {
        signIn(new Browser(lapse));
        try (BrowserContext profile = CHROMIUM.browser()
                .profile(
                        lapse,
                        new com.microsoft.playwright.Browser.NewContextOptions()
                                .setJavaScriptEnabled(true)
                                .setLocale(language)
                                .setViewportSize(1280, 860)
                                .setColorScheme(scheme))) {
            Page page = profile.newPage();
            page.navigate(ACCOUNT);
            Visitor.signIn(page, username, DemoDesk.PASSWORD);
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .containsText(language.equals("de") ? "Ihr Konto" : "Your account");
            look(page, "account-" + language, scheme);
            lapse.letPass(LONGER_THAN_RECENT);
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions()
                                    .setName(language.equals("de") ? "Beenden" : "End")
                                    .setExact(true))
                    .first()
                    .click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .containsText(language.equals("de") ? "Sind Sie es?" : "Is it you?");
            look(page, "account-confirm-" + language, scheme);
        }
    }

    private static void look(Page page, String name, ColorScheme scheme) {
        page.waitForLoadState();
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(SCREENSHOTS.resolve(name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png")));
        Axe.assertFindsNothing(page, name);
    }
}
