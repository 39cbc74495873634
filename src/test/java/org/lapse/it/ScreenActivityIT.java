package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What somebody does at the screen, in the page and in its frames, is noticed by the browser client; what nobody did is
 * not.
 */
@OnServer
@PageAlone
class ScreenActivityIT {
    /** What happens to a window counts a second later; in milliseconds. */
    private static final int UNTIL_WINDOWS_COUNT = 1200;
    /** Frames that came are watched about a second later at the latest; in milliseconds. */
    private static final int UNTIL_FRAMES_ARE_SEEN = 2000;

    @RegisterExtension
    static final DeskVisits VISITS = new DeskVisits();

    private final LapseSystem lapse = LapseSystem.ofSuite();

    @SuppressWarnings("NullAway.Init") // arrive() fills it
    private Visitor visitor;

    @BeforeEach
    void arrive() {
        visitor = VISITS.visitor(new Browser.NewContextOptions());
    }

    // --- in the page

    @Test
    void pointerKeyAndWheelCount() {
        Page page = visitor.open(Visitor.BARE);
        page.mouse().move(10, 10);

        assertSeen(page, "pointer", () -> page.mouse().move(20, 20));
        assertSeen(page, "key", () -> page.keyboard().press("a"));
        assertSeen(page, "pointer", () -> page.mouse().down());
        assertSeen(page, "key", () -> page.getByLabel("Field").press("b"));
        assertSeen(page, "elsewhere", () -> page.evaluate("lapse.activity()"));
        assertSeen(page, "scroll", () -> page.mouse().wheel(0, 100));
    }

    @Test
    void touchCountsAlsoWhileThePageScrollsUnderIt() {
        Page page = visitor.open(Visitor.BARE);
        Fingers fingers = new Fingers(page);
        page.evaluate("() => { window.taken = false; addEventListener('pointercancel', () => { taken = true; }); }");

        assertHeard(page, "pointer", () -> fingers.down(new Fingers.Place(100, 400)));
        fingers.up();

        fingers.down(new Fingers.Place(100, 400));
        for (int y = 380; y > 200; y -= 20) {
            fingers.move(new Fingers.Place(100, y));
        }
        page.waitForFunction("() => taken && scrollY > 100"); // from here on there are no pointer events
        assertHeard(page, "pointer", () -> fingers.move(new Fingers.Place(100, 150)));
        page.waitForTimeout(300); // until all of the moves are over
        assertHeard(page, "pointer", () -> fingers.down(new Fingers.Place(100, 150), new Fingers.Place(200, 150)));
        fingers.up();
    }

    @Test
    void windowThatComesToTheFrontOrLeavesItCounts() {
        visitor = VISITS.visitorWithTabs();
        visitor.profile()
                .addInitScript(
                        "window.unheard = []; for (const type of ['focus', 'blur', 'visibilitychange'])"
                                + " addEventListener(type, (event) => unheard.includes(type) && event.stopImmediatePropagation(), true)");
        Page page = visitor.open(Visitor.BARE);
        Page other = visitor.profile().newPage();

        page.evaluate("unheard = ['visibilitychange']");
        page.bringToFront();
        page.waitForTimeout(UNTIL_WINDOWS_COUNT);
        assertHeard(page, "window", other::bringToFront);
        assertHeard(page, "window", page::bringToFront);

        page.evaluate("unheard = ['focus', 'blur']");
        other.bringToFront();
        assertHeard(page, "window", page::bringToFront);
    }

    @Test
    void pageThatLoadsAnewByItselfCountsForNothing() {
        Page page = visitor.open(Visitor.BARE);
        Page other = visitor.open(Visitor.BARE);
        addFrame(page, "/demo/customer.html");
        other.keyboard().press("a");
        Object before = Visitor.explained(other, "lastActivity");
        page.waitForTimeout(600); // what comes sooner is one activity

        page.frameLocator("iframe").locator("body").evaluate("() => location.reload()");
        page.waitForTimeout(300);
        page.evaluate("() => { window.person = undefined; location.reload(); }");
        page.waitForFunction("() => window.person");
        page.waitForTimeout(UNTIL_WINDOWS_COUNT);

        assertThat(Visitor.explained(other, "lastActivity")).isEqualTo(before);
        assertThat(Visitor.explained(other, "lastKind")).isEqualTo("key");
    }

    private static void assertHeard(Page page, String kind, Runnable deed) {
        page.evaluate("heard.length = 0");
        deed.run();
        awaitHeard(page, kind);
    }

    /** Asks at intervals: a page that is hidden has no frames at which it could look. */
    private static void awaitHeard(Page page, String kind) {
        page.waitForFunction(
                "kind => heard.includes(kind)", kind, new Page.WaitForFunctionOptions().setPollingInterval(50));
    }

    private static void assertSeen(Page page, String kind, Runnable deed) {
        page.evaluate("heard.length = 0");
        deed.run();
        page.waitForFunction("kind => heard.includes(kind)", kind);
        assertThat(Visitor.explained(page, "lastKind")).isEqualTo(kind);
    }

    @Test
    void whatNobodyDidCountsForNothing() {
        Page page = visitor.open(Visitor.BARE);
        page.mouse().move(10, 10);
        page.waitForTimeout(2500); // until a scroll has nothing to do with that any more

        List<Consumer<Page>> deeds = List.of(
                here -> here.mouse().move(10, 10),
                here -> here.evaluate("document.getElementById('button').click()"),
                here -> here.evaluate(
                        "window.dispatchEvent(new PointerEvent('pointermove', {screenX: 5, screenY: 7}))"),
                here -> here.evaluate(
                        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', bubbles: true}))"),
                here -> here.evaluate("document.dispatchEvent(new TouchEvent('touchstart', {bubbles: true}))"),
                here -> here.evaluate("document.dispatchEvent(new TouchEvent('touchmove', {bubbles: true}))"),
                here -> here.evaluate("dispatchEvent(new FocusEvent('focus'))"),
                here -> here.evaluate("dispatchEvent(new FocusEvent('blur'))"),
                here -> here.evaluate("document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))"),
                here -> here.evaluate("document.getElementById('field').focus()"),
                here -> here.evaluate("scrollTo(0, 1000)"),
                here -> here.evaluate("document.getElementById('frames').append(document.createElement('iframe'))"),
                here -> here.evaluate("lapse.background('/api/v2/tokens/me').then(answer => answer.status)"),
                here -> here.evaluate("lapse.look()"));
        page.evaluate("heard.length = 0");
        Object before = Visitor.explained(page, "lastActivity");
        int beats = visitor.heartbeats().size();
        deeds.forEach(deed -> deed.accept(page));
        page.waitForTimeout(UNTIL_WINDOWS_COUNT); // scroll events come with the next frame

        assertThat(page.evaluate("heard")).isEqualTo(List.of());
        assertThat(Visitor.explained(page, "lastActivity")).isEqualTo(before);
        assertThat(visitor.heartbeats()).hasSize(beats);
    }

    // --- in frames

    @Test
    void framesOfTheSameOriginCountByThemselves() {
        Page page = visitor.open(Visitor.BARE);
        addFrame(page, "/demo/customer.html");
        FrameLocator frame = page.frameLocator("iframe");

        assertHeard(page, "key", () -> frame.getByLabel("Tag").press("x"));
        page.evaluate(
                "() => { document.querySelector('iframe').contentWindow.location.href = '/demo/customer.html?again'; }");
        page.waitForFunction("() => document.querySelector('iframe').contentWindow.location.search === '?again'"
                + " && document.querySelector('iframe').contentDocument.readyState === 'complete'");
        assertHeard(page, "key", () -> frame.getByLabel("Tag").press("y"));
    }

    @Test
    void frameCountsWhileItStillLoads() {
        visitor.profile().route("**/demo/never.png", route -> {});
        visitor.profile()
                .route(
                        "**/demo/slow.html",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/html")
                                .setBody("<label>Tag <input></label><img src='never.png' alt=''>")));
        Page page = visitor.open(Visitor.BARE);
        beginFrame(page, "/demo/slow.html");
        Locator field = page.frameLocator("iframe").getByLabel("Tag");
        field.waitFor();
        page.waitForTimeout(UNTIL_FRAMES_ARE_SEEN);

        assertHeard(page, "key", () -> field.press("x"));
        assertThat(page.evaluate("loaded")).isEqualTo(0);
    }

    /** Adds a frame and waits until it has loaded, its scripts as well. */
    private static void addFrame(Page page, String address) {
        beginFrame(page, address);
        page.waitForFunction("() => loaded === document.querySelectorAll('iframe').length");
    }

    /** Adds a frame, which tells the page in {@code loaded} when it has loaded. */
    private static void beginFrame(Page page, String address) {
        page.evaluate("""
                src => {
                  window.loaded ??= 0;
                  const onload = () => loaded++;
                  document.getElementById('frames').append(Object.assign(document.createElement('iframe'), { src, onload }));
                }""", address);
    }

    @Test
    void framesOfOtherOriginsCountWhereTheirOriginIsNamed() throws IOException {
        try (OtherSite site = new OtherSite()) {
            site.put(
                    "/card",
                    "<!doctype html><title>Card</title><input><script type='module' src='"
                            + lapse.url("/client/frame.js?parent=" + lapse.url()) + "'></script>");
            visitor.setOptions("{ activityFrom: ['" + site.origin() + "'] }");
            Page page = visitor.open(Visitor.BARE);
            addFrame(page, site.originByAddress() + "/card");
            addFrame(page, site.origin() + "/card");
            page.evaluate("heard.length = 0");

            page.frameLocator("iframe[src*='127.0.0.1']").locator("input").press("x");
            assertSeen(page, "elsewhere", () -> page.frameLocator("iframe[src*='localhost']")
                    .locator("input")
                    .press("x"));
            assertThat(page.evaluate("heard.filter(what => what === 'elsewhere').length"))
                    .isEqualTo(1);
        }
    }
}
