package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has forgotten the password sets another one, by a link that an administrator has made. */
@OnServer
class ForgottenPasswordIT {
    private static final String PASSWORD_PAGE = "/password/";
    private static final String NEW_PASSWORD = "a quiet green door";
    private static final Path SCREENSHOTS = Path.of(LapseSystem.property("lapse.it.screenshots"));

    @RegisterExtension
    static final SuiteChromium CHROMIUM = new SuiteChromium();

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final Browser browser = new Browser(lapse);
    private final String username = UUID.randomUUID() + "@demo.example";
    private String userId = "";

    @BeforeEach
    void makeSomebody() {
        userId = administrator.createUser(username);
    }

    private Answer makeLink(TokenHolder by) {
        return by.post("/api/v2/users/" + userId + "/password/link", "{}");
    }

    private URI link() {
        return URI.create(
                makeLink(lapse.service()).expect(200).json().required("uri").asText());
    }

    private Answer fillIn(String code, String password) {
        return browser.submit(
                browser.open(PASSWORD_PAGE).expect(200),
                Form.of("code", code, "newPassword", password, "newPasswordAgain", password));
    }

    private List<String> audited() {
        return administrator.auditsOf(userId).stream()
                .map(row -> row.required("action").asText())
                .toList();
    }

    private BrowserContext profile(ColorScheme scheme, String language, int width) {
        return CHROMIUM.browser()
                .profile(
                        lapse,
                        new com.microsoft.playwright.Browser.NewContextOptions()
                                .setJavaScriptEnabled(true)
                                .setLocale(language)
                                .setViewportSize(width, 860)
                                .setColorScheme(scheme));
    }

    private static void look(Page page, String name, ColorScheme scheme) {
        page.waitForLoadState();
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(SCREENSHOTS.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
        Axe.assertFindsNothing(page, name);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("fits into the window")
                .isEqualTo(true);
    }

    @Test
    void linkEndsAllSessionsAndSignsNobodyIn() {
        Browser thiefs = new Browser(lapse);
        TokenHolder thief = new DemoDesk(lapse, thiefs).signIn(username);
        String code = link().getFragment();

        Answer done = fillIn(code, NEW_PASSWORD).expect(200);

        assertThat(done.body()).contains("Your password is set");
        assertThat(thief.use()).isRefused(401, "bad.credentials");
        assertThat(new DemoDesk(lapse, thiefs).authorize().body()).contains("name=\"password\"");
        assertThat(new DemoDesk(lapse, browser).authorize().body()).contains("name=\"password\"");
        new DemoDesk(lapse, browser).signIn(username, NEW_PASSWORD).use().expect(200);
        assertThat(fillIn(code, "the door is green now").expect(400).body()).contains("does not work any more");
        assertThat(audited())
                .contains("user.password.link.create", "user.password.link.use", "user.password.link.refuse");
        assertThat(administrator.auditsOf(userId).toString()).doesNotContain(code, NEW_PASSWORD);
    }

    @Test
    void newPasswordAloneDoesNotSignInWhoHasASecondFactor() {
        AuthenticatorApp app = AuthenticatorApp.of(lapse, lapse.signIn(username));
        lapse.letPass(Duration.ofSeconds(30));
        fillIn(link().getFragment(), NEW_PASSWORD).expect(200);
        DemoDesk desk = new DemoDesk(lapse, browser);

        Answer step = desk.fillIn(desk.authorize(), username, NEW_PASSWORD).expect(200);

        assertThat(step.body()).contains("One more step").doesNotContain("access_token");
        assertThat(browser.cookies()).noneMatch(cookie -> cookie.getName().endsWith("lapse_sign_in"));
        desk.comeBack(browser.submit(step, Form.of("step", "code", "code", app.code())));
    }

    @Test
    void onlyWhoMaySetThePasswordMakesALink() {
        TokenHolder viewer = administrator.userWho("directory:user:view");
        TokenHolder setter = administrator.userWho("directory:user:setPassword");
        makeLink(setter).expect(200);
        assertThat(makeLink(viewer)).isRefused(403, "missing.permissions");

        String admins = administrator.createRole("directory:organization:admin");
        lapse.service()
                .put("/api/v2/users/" + userId + "/roles", "[\"" + admins + "\"]")
                .expect(200);

        assertThat(makeLink(setter)).isRefused(403, "not.authorized");
    }

    @Test
    void disabledUsersLinkStaysDead() {
        String code = link().getFragment();
        for (String state : List.of("inactive", "active")) {
            JsonNode user =
                    lapse.service().get("/api/v2/users/" + userId).expect(200).json();
            lapse.service()
                    .call(
                            "PATCH",
                            "/api/v2/users/" + userId,
                            "{\"state\":\"" + state + "\",\"version\":"
                                    + user.required("version").asInt() + "}")
                    .expect(200);
        }

        fillIn(code, NEW_PASSWORD).expect(400);

        new DemoDesk(lapse, browser).signIn(username);
    }

    @Test
    void formOfAnotherSiteIsRefused() {
        Answer page = browser.open(PASSWORD_PAGE);
        Form form =
                Form.of("code", link().getFragment(), "newPassword", NEW_PASSWORD, "newPasswordAgain", NEW_PASSWORD);

        browser.post(page, form.with("csrf", "B".repeat(43))).expect(403);

        new DemoDesk(lapse, browser).signIn(username);
    }

    @Test
    void secretInAnAddressIsRefusedEverywhere() {
        for (String address : List.of(
                "/password/?code=x",
                "/oauth/authorize?client_id=demo-desk&password=x",
                "/api/v2/users/me?access_token=x",
                "/api/v2/users?newPassword=x",
                "/oauth/userinfo?access_token=x",
                "/gax/api/session/login?password=x",
                "/account/?password=x",
                "/relogin?pass%77ord=x",
                "/admin/?client_secret=x",
                "/nowhere?refresh_token=x")) {
            assertThat(browser.open(address)).hasStatus(400);
        }
        assertThat(lapse.service().get("/api/v2/users?client_secret=x")).isRefused(400, "bad.request");
        assertThat(lapse.post("/oauth/token?client_secret=x", Form.of("grant_type", "client_credentials")))
                .isOAuthError(400, "invalid_request");
        assertThat(lapse.get("/account/?code=x&state=y&iss=z").statusCode()).isEqualTo(400); // nobody is signed in
        assertThat(lapse.get("/demo/?code=x&state=y&iss=z").statusCode()).isEqualTo(200);
    }

    @Test
    void codeNeverReachesTheServerBeforeTheForm() {
        URI link = link();
        List<String> asked = new CopyOnWriteArrayList<>();
        try (BrowserContext profile = profile(ColorScheme.LIGHT, "en", 1280)) {
            Page page = profile.newPage();
            page.onRequest(request -> asked.add(request.url() + request.headers()));

            page.navigate(link.toString());

            assertThat(page.getByLabel("Code: what stands")).isHidden();
            assertThat(page).hasURL(Pattern.compile(".*/password/$"));
            assertThat(asked).isNotEmpty().noneMatch(request -> request.contains(link.getFragment()));
            page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true))
                    .fill(NEW_PASSWORD);
            page.getByLabel("New password again").fill(NEW_PASSWORD);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Set password"))
                    .click();
            assertThat(page.getByRole(AriaRole.HEADING)).containsText("Your password is set");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in"))
                    .click();
            Visitor.signIn(page, username, NEW_PASSWORD);
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .containsText("Your account");
        }
    }

    @Test
    void administratorMakesTheLinkAtTheConsole() {
        try (Console console = Console.opened(lapse, CHROMIUM.browser())) {
            console.go("people/" + userId, "User " + username);
            console.button("Link for a new password…").click();
            console.dialogButton("Make the link").click();
            assertThat(console.dialog().locator("pre")).containsText("/password/#");
            console.isAccessible("the link for a new password");
            console.picture(SCREENSHOTS.resolve("console-password-link.png"));
            String shown = console.dialog().locator("pre").textContent();

            fillIn(URI.create(shown).getFragment(), NEW_PASSWORD).expect(200);
        }
    }

    /** Leaves pictures in target/screenshots. */
    @ParameterizedTest
    @CsvSource({"LIGHT, en, 1280", "DARK, de, 1280", "LIGHT, de, 320", "DARK, en, 320"})
    void pageIsAccessibleInBothLanguagesAndColours(ColorScheme scheme, String language, int width) {
        boolean german = language.equals("de");
        try (BrowserContext profile = profile(scheme, language, width)) {
            Page page = profile.newPage();
            page.navigate(link().toString());
            assertThat(page.getByRole(AriaRole.HEADING))
                    .hasText(german ? "Setzen Sie Ihr Passwort" : "Set your password");
            look(page, "password-" + language + "-" + width, scheme);
            page.locator("#new").fill("123456789012345");
            page.locator("#again").fill("123456789012345");
            page.locator("button").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText(german ? "leicht zu erraten" : "easy to guess");
            assertThat(page.locator("#code")).isHidden();
            look(page, "password-refused-" + language + "-" + width, scheme);
            page.locator("#new").fill(NEW_PASSWORD);
            page.locator("#again").fill(NEW_PASSWORD);
            page.locator("button").click();
            assertThat(page.getByRole(AriaRole.HEADING))
                    .containsText(german ? "Ihr Passwort ist gesetzt" : "Your password is set");
            look(page, "password-set-" + language + "-" + width, scheme);
        }
    }
}
