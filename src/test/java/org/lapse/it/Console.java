package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The console in a browser, with an administrator who has signed in. It hears whatever the browser complains about:
 * errors of scripts, what the content security policy or trusted types refused, and requests that leave the server.
 */
final class Console implements AutoCloseable {
    static final String ADMINISTRATOR = "admin@demo.example";

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 1000;
    private final BrowserContext profile;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private Console(LapseSystem lapse, BrowserContext profile) {
        this.profile = profile;
        this.page = profile.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")
                    || message.text().contains("TrustedTypes")) {
                complaints.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(lapse.url().toString())
                    && !request.url().startsWith("blob:")
                    && !request.url().startsWith("data:")) {
                complaints.add("A request leaves the server: " + request.url());
            }
        });
    }

    /** The console of the organization Demo. */
    static Console opened(LapseSystem lapse, WebBrowser chromium) {
        return opened(lapse, chromium, "/admin/", ADMINISTRATOR);
    }

    /** A console at that address. */
    static Console opened(LapseSystem lapse, WebBrowser chromium, String address, String administrator) {
        Browser.NewContextOptions options = new Browser.NewContextOptions()
                .setColorScheme(ColorScheme.LIGHT)
                .setViewportSize(WIDTH, HEIGHT)
                .setLocale("en-GB");
        Console console = new Console(lapse, chromium.profile(lapse, options));
        console.page.navigate(address);
        console.signIn(administrator);
        return console;
    }

    /** Fills the sign-in page in. */
    void signIn(String administrator) {
        page.getByLabel("User name").fill(administrator);
        page.getByLabel("Password").fill(DemoDesk.PASSWORD);
        button("Sign in").click();
        assertThat(page.locator("main h1")).isVisible();
    }

    Page page() {
        return page;
    }

    /** Goes to a place, such as {@code sessions?state=locked}, and waits until the screen is there. */
    void go(String place, String heading) {
        page.evaluate("place => { location.hash = '#/' + place; }", place);
        assertThat(page.locator("main h1")).hasText(heading);
        settled();
    }

    /** Waits until nothing is being read any more. */
    void settled() {
        assertThat(page.locator(".waiting")).hasCount(0);
        assertThat(page.locator("[aria-busy=true]")).hasCount(0);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator dialog() {
        return page.locator("dialog[open]");
    }

    /** A button of the open dialog. */
    Locator dialogButton(String name) {
        return dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The row of the screen's first table that has that text in it. */
    Locator row(String text) {
        return page.locator("tbody tr:not(.details)")
                .filter(new Locator.FilterOptions().setHasText(text))
                .first();
    }

    /** A field that offers what matches while one types. */
    Locator field(String label) {
        return page.getByRole(
                AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(label).setExact(true));
    }

    /** Types into a field that offers what matches, and takes the first that is offered. */
    void choose(String label, String text) {
        field(label).fill(text);
        page.getByRole(AriaRole.OPTION)
                .filter(new Locator.FilterOptions().setHasText(text))
                .first()
                .click();
    }

    /** What the console said last. */
    Locator notice() {
        return page.locator(".toast");
    }

    /** axe finds nothing on what is shown. */
    void isAccessible(String what) {
        Axe.assertFindsNothing(page, what);
    }

    /** Keeps a picture of what is shown. */
    void picture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        profile.close();
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }
}
