package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page and dialog that people meet, as they look and as assistive technology finds them. Leaves pictures of them
 * in target/screenshots.
 */
@OnServer
class DemoDeskPagesIT {
    private static final Duration TIMEOUT = DeskVisits.TIMEOUT;
    private static final Path SCREENSHOTS = Path.of(LapseSystem.property("lapse.it.screenshots"));

    @RegisterExtension
    static final DeskVisits VISITS = new DeskVisits();

    private final LapseSystem lapse = LapseSystem.ofSuite();

    @SuppressWarnings("NullAway.Init") // each test begins with a visit
    private Visitor visitor;

    private void visit(Browser.NewContextOptions options) {
        visitor = VISITS.visitor(options);
    }

    @AfterEach
    void nothingLeavesTheOrigin() {
        visitor.assertNothingLeftTheOrigin();
    }

    private static Locator draft(Page page) {
        return page.getByLabel("A draft that is still here when you come back");
    }

    @PageAlone
    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everyPageIsAccessible(ColorScheme scheme) {
        visit(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 860));
        Page page = visitor.profile().newPage();
        page.navigate("/demo/#notes");
        look(page, "sign-in", scheme);
        Visitor.signIn(page, "nobody@demo.example", "wrong");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        look(page, "sign-in-wrong", scheme);
        Visitor.signIn(page, Visitor.ALICE, DemoDesk.PASSWORD);
        draft(page).fill("Dear Mr Weber, your number can move with you.");
        page.getByText("Make the report").click();
        look(page, "desk", scheme);
        Page timer = visitor.open("/demo/timer.html");
        timer.mouse().move(300, 200);
        timer.mouse().move(310, 220);
        timer.getByText("A call in the background").click();
        timer.getByText("Hold for 30 s").click();
        assertThat(timer.getByText("hold", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        look(timer, "timer", scheme);
        timer.close();
        page.reload(); // and the report with it
        assertThat(draft(page)).hasValue("Dear Mr Weber, your number can move with you.");
        page.evaluate("fetch('/api/v2/tokens/me', { headers: { Authorization: 'Bearer '"
                + " + JSON.parse(Object.values(localStorage)[0]).token } })");

        visitor.sleep(TIMEOUT.minusMinutes(1));
        // The progress that was shown has held the session for a minute more, counted from whenever it was told last.
        await().pollInSameThread()
                .pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    visitor.sleep(Duration.ofSeconds(20));
                    return Visitor.warning(page).isVisible();
                });
        look(page, "warning", scheme);
        visitor.sleep(TIMEOUT);
        assertThat(Visitor.lock(page)).isVisible();
        look(page, "lock", scheme);
        Visitor.lock(page).getByText("Cancel").click();
        look(page, "lock-close", scheme);

        Page relogin = visitor.profile().newPage();
        await().pollInSameThread().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            relogin.navigate("/relogin?redirect_uri=" + lapse.url("/demo/"));
            assertThat(relogin.getByLabel("Password").count()).isOne();
        });
        look(relogin, "relogin", scheme);
        relogin.getByText("Cancel").click();
        assertThat(relogin.getByText("Back")).isVisible();
        look(relogin, "relogin-close", scheme);
        relogin.getByText("Back").click();
        relogin.getByLabel("Password").fill(DemoDesk.PASSWORD);
        relogin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("OK"))
                .click();
        assertThat(draft(relogin)).isVisible();

        relogin.navigate("/logout");
        look(relogin, "sign-out", scheme);
        relogin.navigate("/demo/nowhere");
        look(relogin, "error", scheme);
        relogin.navigate("/demo/");
        relogin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(relogin.getByText("You have signed out.")).isVisible();
        look(relogin, "sign-in-signed-out", scheme);
    }

    /** Looks at a page that has been waited for: while one takes the place of another there is no picture to take. */
    private static void look(Page page, String name, ColorScheme scheme) {
        page.waitForLoadState();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
        Axe.assertFindsNothing(page, name);
    }

    @PageAlone
    @ParameterizedTest
    @EnumSource(Narrow.class)
    void nothingIsLostWhereThereIsLittleRoom(Narrow room) {
        visit(new Browser.NewContextOptions().setViewportSize(room.width, room.height));
        Page page = visitor.profile().newPage();
        page.navigate("/demo/");
        assertFits(page);
        Visitor.signIn(page, Visitor.ALICE, DemoDesk.PASSWORD);
        assertThat(draft(page)).isVisible();
        assertFits(page);
        for (String name : new String[] {"Sign out", "Do something", "Only look", "Make the report"}) {
            Locator button = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
            button.scrollIntoViewIfNeeded();
            assertThat(button).isInViewport();
        }
        Page timer = visitor.open("/demo/timer.html");
        assertFits(timer);

        visitor.sleep(TIMEOUT.minusSeconds(30));
        assertThat(Visitor.warning(page)).isVisible();
        assertReachable(page, Visitor.warning(page).getByText("Sign out now"));
        visitor.sleep(TIMEOUT);
        assertThat(Visitor.lock(page)).isVisible();
        assertReachable(page, Visitor.lock(page).getByText("Cancel"));
        assertFits(page);
    }

    /** How little room there is, in CSS pixels. */
    enum Narrow {
        /** A small telephone. */
        TELEPHONE(320, 640),
        /** A screen of 1280 by 1024 at 400 %. */
        ENLARGED(320, 256);

        private final int width;
        private final int height;

        Narrow(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private static void assertFits(Page page) {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("width of " + page.url())
                .isLessThanOrEqualTo(320);
    }

    private static void assertReachable(Page page, Locator control) {
        control.scrollIntoViewIfNeeded();
        assertThat(control).isInViewport();
        assertFits(page);
    }

    @Test
    @PageAlone
    void pagesAreMirroredWhereOneReadsFromRightToLeft() {
        visit(new Browser.NewContextOptions().setViewportSize(1280, 860).setReducedMotion(ReducedMotion.REDUCE));
        Page page = visitor.open("/demo/");

        page.evaluate("document.documentElement.dir = 'rtl'");

        double conversations = page.locator(".conversations").boundingBox().x;
        assertThat(conversations).isGreaterThan(page.locator("aside").boundingBox().x);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(1280);
        Axe.assertFindsNothing(page, "desk from right to left");
    }

    @Test
    void pollDoesNotKeepTheDeskOpenAndTheReportDoes() {
        visit(new Browser.NewContextOptions());
        Page page = visitor.open("/demo/");
        page.waitForResponse(
                "**/tokens/me/holds", () -> page.getByText("Make the report").click());
        visitor.profile().clock().runFor(Duration.ofSeconds(60).toMillis());
        visitor.sleep(TIMEOUT.minusMinutes(1));
        assertThat(draft(page)).isVisible();

        visitor.profile().clock().runFor(Duration.ofSeconds(70).toMillis());
        assertThat(page.locator("#progress")).isHidden();
        visitor.profile().clock().runFor(Duration.ofSeconds(60).toMillis());
        visitor.sleep(TIMEOUT);

        assertThat(Visitor.lock(page)).isVisible();
    }

    @PageAlone
    @Test
    void keyboardAloneReachesEverything() {
        visit(new Browser.NewContextOptions().setViewportSize(1280, 860));
        Page page = visitor.open("/demo/");
        Set<String> reached = new HashSet<>();
        for (int i = 0; i < 25; i++) {
            page.keyboard().press("Tab");
            reached.add(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
                    .toString());
        }

        assertThat(reached)
                .contains(
                        "sign-out",
                        "draft",
                        "note",
                        "work",
                        "look",
                        "make-report",
                        "messages",
                        "What resets the timer");
        assertThat(reached).anySatisfy(name -> assertThat(name).startsWith("Jonas Weber"));
    }
}
