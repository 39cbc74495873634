package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People in a real browser: the sign-in page, the way back after a lapse, and the locked desk. */
@OnServer
class SignInPageIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Pattern SIGN_IN_PAGE = Pattern.compile(".*/oauth/authorize.*");
    private static final LocatorAssertions.IsVisibleOptions SOON =
            new LocatorAssertions.IsVisibleOptions().setTimeout(15_000);

    private static WebBrowser chromium;

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() {
        chromium = WebBrowser.open();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @AfterEach
    void restore() {
        administrator.restore();
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }

    /** A page that reports errors of scripts and what the content security policy refused. */
    private Page pageOf(BrowserContext profile) {
        Page page = profile.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")
                    || message.text().contains("TrustedTypes")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    private static void signIn(Page page, String password) {
        Locator username = page.getByLabel("User name");
        if (username.inputValue().isEmpty()) {
            username.fill("alice@demo.example");
        }
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }

    private static Locator draft(Page page) {
        return page.getByLabel("A draft that is still here when you come back");
    }

    @Test
    void whoWasQuietSignsInAgainAndIsBackOnTheSamePage() {
        administrator.setTimeout(TIMEOUT);
        try (BrowserContext profile = chromium.profile(lapse)) {
            Page page = pageOf(profile);
            page.navigate("/demo/#notes");
            assertThat(page.getByText("You will be asked to sign in again after 4 seconds without activity."))
                    .isVisible();
            signIn(page, DemoDesk.PASSWORD);
            draft(page).fill("half a sentence");

            page.waitForURL(SIGN_IN_PAGE);
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("because there was no activity");
            signIn(page, DemoDesk.PASSWORD);

            assertThat(draft(page)).isVisible(SOON);
            assertThat(page).hasURL(lapse.url("/demo/#notes").toString());
            assertThat(draft(page)).hasValue("half a sentence");
            assertThat(page.getByText("Alice Agent (Agents)")).isVisible();
        }
    }

    @Test
    void deskThatIsUsedStaysSignedIn() {
        administrator.setTimeout(TIMEOUT);
        try (BrowserContext profile = chromium.profile(lapse)) {
            Page page = pageOf(profile);
            page.navigate("/demo/");
            signIn(page, DemoDesk.PASSWORD);
            for (int second = 0; second < 2 * TIMEOUT.toSeconds(); second++) {
                long began = System.nanoTime();
                try {
                    page.getByText("Do something", new Page.GetByTextOptions().setExact(true))
                            .click();
                } finally {
                    SlowMachine.took(System.nanoTime() - began);
                }
                Quiet.beQuietFor(Duration.ofSeconds(1));
            }

            assertThat(draft(page)).isVisible();
        }
    }

    @Test
    void lockedDeskHidesItsContentAndComesBackWithThePassword() {
        administrator.setDeskOption("on-inactivity", "lock");
        administrator.setTimeout(TIMEOUT);
        try (BrowserContext profile = chromium.profile(lapse)) {
            Page page = pageOf(profile);
            page.navigate("/demo/#reports");
            signIn(page, DemoDesk.PASSWORD);
            draft(page).fill("half a report");

            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).isVisible(SOON);
            assertThat(draft(page)).isHidden();
            page.keyboard().press("Escape");
            assertThat(dialog).isVisible();
            dialog.getByLabel("Password").fill("wrong");
            dialog.getByText("OK").click();
            assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("not the one");
            lapse.letPass(Duration.ofSeconds(30));
            dialog.getByLabel("Password").fill(DemoDesk.PASSWORD);
            dialog.getByText("OK").click();

            assertThat(draft(page)).isVisible(SOON);
            assertThat(draft(page)).hasValue("half a report");
            assertThat(page).hasURL(lapse.url("/demo/#reports").toString());
        }
    }

    @Test
    void signInPageWorksWithoutJavaScript() {
        try (BrowserContext profile =
                chromium.profile(lapse, new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = profile.newPage();
            page.navigate("/oauth/authorize?"
                    + new DemoDesk(lapse, new org.lapse.it.Browser(lapse))
                            .authorizationRequest()
                            .encoded());
            signIn(page, "wrong");
            assertThat(page.getByRole(AriaRole.ALERT)).hasText("The user name or the password is not right.");
            signIn(page, DemoDesk.PASSWORD);

            page.waitForURL(Pattern.compile(".*/demo/\\?.*code=.*"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void pagesAreAccessible(ColorScheme scheme) {
        administrator.setDeskOption("on-inactivity", "lock");
        administrator.setTimeout(TIMEOUT);
        try (BrowserContext profile = chromium.profile(lapse, new Browser.NewContextOptions().setColorScheme(scheme))) {
            Page page = pageOf(profile);
            page.navigate("/demo/");
            assertAccessible(page, "sign-in");
            signIn(page, "wrong");
            assertAccessible(page, "sign-in after a wrong password");
            signIn(page, DemoDesk.PASSWORD);
            assertThat(draft(page)).isVisible(SOON);
            assertAccessible(page, "desk");
            assertThat(page.getByRole(AriaRole.DIALOG)).isVisible(SOON);
            assertAccessible(page, "locked desk");

            Page dialog = pageOf(profile);
            dialog.navigate("/relogin?redirect_uri="
                    + URLEncoder.encode(lapse.url("/demo/").toString(), StandardCharsets.UTF_8));
            assertAccessible(dialog, "re-login");
            dialog.getByText("Cancel").click();
            assertAccessible(dialog, "close the session");
            dialog.getByText("Back").click();
            dialog.getByLabel("Password").fill(DemoDesk.PASSWORD);
            dialog.getByText("OK").click();
            dialog.waitForURL(Pattern.compile(".*/demo/.*"));
        }
    }

    private static void assertAccessible(Page page, String what) {
        assertThat(new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                        .analyze()
                        .getViolations())
                .as(what)
                .isEmpty();
    }
}
