package org.lapse.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Chromium of this machine, without a window, driven by Playwright. One costs a second or two: the suite has one,
 * see {@link SuiteChromium}, and each test asks it for a fresh profile.
 */
public final class WebBrowser implements AutoCloseable {
    /** How long whatever is expected on a page may take, in milliseconds: a slow machine shall fail nothing. */
    private static final double PATIENCE = 60_000;

    private static final Map<String, String> NO_DOWNLOAD = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

    private final Playwright playwright;
    private final Browser browser;
    private final int debuggingPort;

    private WebBrowser(Playwright playwright, Browser browser, int debuggingPort) {
        this.playwright = playwright;
        this.browser = browser;
        this.debuggingPort = debuggingPort;
    }

    /** A browser without pages. */
    public static WebBrowser open() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(NO_DOWNLOAD));
        // Chromium refuses to run as root in its own sandbox, and build machines run as root. Pages that a test makes
        // up come from no network, and Chromium would let them load nothing from this machine. It would start a process
        // for each page in advance, of which a profile that is soon closed has no use.
        int debuggingPort = freePort();
        LaunchOptions options = new LaunchOptions()
                .setExecutablePath(chromium())
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-features=LocalNetworkAccessChecks,SpareRendererForSitePerProcess",
                        "--remote-debugging-port=" + debuggingPort));
        return new WebBrowser(playwright, playwright.chromium().launch(options), debuggingPort);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A user's fresh profile: no cookies, no storage, addresses are relative to the Lapse given. */
    public BrowserContext profile(LapseSystem lapse) {
        return profile(lapse, new Browser.NewContextOptions());
    }

    /** The same with other options, such as without scripts. */
    public BrowserContext profile(LapseSystem lapse, Browser.NewContextOptions options) {
        BrowserContext profile =
                browser.newContext(options.setBaseURL(lapse.url().toString()));
        profile.setDefaultTimeout(PATIENCE);
        return profile;
    }

    /**
     * The profile whose pages are tabs of one window, as a person has them: only the one in front is visible and has
     * the focus. Pages of other profiles always are and do. There is one such profile; nobody is signed in.
     */
    public BrowserContext tabs() {
        BrowserContext tabs = playwright
                .chromium()
                .connectOverCDP(
                        "http://127.0.0.1:" + debuggingPort,
                        new BrowserType.ConnectOverCDPOptions().setNoDefaults(true))
                .contexts()
                .get(0);
        tabs.setDefaultTimeout(PATIENCE);
        tabs.clearCookies();
        return tabs;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Path chromium() {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .map(directory -> Path.of(directory, "chromium"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no chromium on the PATH: see install-chromium.sh"));
    }
}
