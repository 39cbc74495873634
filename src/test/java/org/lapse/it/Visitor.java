package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Somebody at a browser of their own: a fresh profile, whose clock can be put forward together with the server's. Its
 * pages are watched for what they complain about and for what they send.
 */
final class Visitor implements AutoCloseable {
    static final String ALICE = "alice@demo.example";
    static final String BOB = "bob@demo.example";

    /** A page with hardly anything on it but the client, which it shows to scripts as {@code lapse}. */
    static final String BARE = "/demo/bare.html";

    /** A page without anything: where what an origin keeps can be put before a page needs it. */
    private static final String EMPTY = "/demo/empty.html";

    private static final String BARE_HTML = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Bare</title></head>
            <body>
            <main hidden>
            <h1>A page of somebody else</h1>
            <p><label>Field <input id="field"></label> <button type="button" id="button">Button</button></p>
            <p>Something secret</p>
            <progress id="progress" hidden></progress>
            <div id="frames"></div>
            <div id="tall"></div>
            </main>
            <script type="module" src="bare.js"></script>
            </body>
            </html>
            """;
    private static final String BARE_SCRIPT = """
            const server = window.server ?? location.origin;
            const { Lapse } = await import(server + '/client/lapse.js');
            document.getElementById('tall').style.height = '5000px';
            window.lapse = new Lapse({ application: 'demo-desk', redirectUri: location.origin + '/demo/', ...window.options });
            window.heard = [];
            for (const type of ['activity', 'warning', 'lock', 'unlock', 'end']) {
              window.lapse.addEventListener(type, (event) => window.heard.push(event.detail?.reason ?? event.detail?.kind ?? type));
            }
            window.person = await window.lapse.start();
            document.querySelector('main').hidden = false;
            """;
    private static final String KEEP_SIGN_IN = """
            async ([application, token, idToken]) => {
              const headers = { Authorization: `Bearer ${token}`, 'X-Background-Request': '1' };
              const { id, name, username } = await (await fetch('/api/v2/users/me', { headers })).json();
              localStorage[`lapse ${location.origin} ${application}`] =
                JSON.stringify({ token, idToken, user: { id, name, username }, at: Date.now() });
            }""";
    private static final String STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-src *;"
            + " form-action 'self'; require-trusted-types-for 'script'";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Pages of applications show their main part when somebody is signed in. */
    private static final String READY = "main:not(.card):visible";

    private static final String SIGN_IN_FORM = "form[action='/oauth/authorize']:not([data-passkey]):visible";

    private final LapseSystem lapse;
    private final BrowserContext profile;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Request> answered = new CopyOnWriteArrayList<>();

    /** Somebody whose browser has this profile. */
    Visitor(LapseSystem lapse, BrowserContext profile) {
        this.lapse = lapse;
        this.profile = profile;
        profile.clock().install();
        profile.route("**" + BARE + "*", route -> fulfill(route, "text/html", BARE_HTML));
        profile.route("**/demo/bare.js", route -> fulfill(route, "text/javascript", BARE_SCRIPT));
        profile.route("**" + EMPTY, route -> fulfill(route, "text/html", ""));
        profile.onRequest(requests::add);
        profile.onResponse(response -> answered.add(response.request()));
        profile.onPage(this::watch);
    }

    private static void fulfill(Route route, String type, String body) {
        route.fulfill(new Route.FulfillOptions()
                .setContentType(type)
                .setHeaders(Map.of("Content-Security-Policy", STRICT))
                .setBody(body));
    }

    private void watch(Page page) {
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            String text = message.text();
            if (text.contains("Content Security Policy")
                    || text.contains("TrustedTypes")
                    || text.contains("Trusted Type")) {
                complaints.add(text);
            }
        });
    }

    BrowserContext profile() {
        return profile;
    }

    /** What the bare page gives to the client besides its application. */
    void setOptions(String json) {
        profile.addInitScript("window.options = " + json);
    }

    /** A page at an address of Lapse, after the sign-in as Alice where that is asked for. */
    Page open(String path) {
        return open(path, ALICE);
    }

    /** A page at an address of Lapse, after the sign-in as that user where that is asked for. */
    Page open(String path, String username) {
        Page page = profile.newPage();
        if (path.startsWith("/") && profile.cookies().isEmpty()) {
            comeSignedIn(page, username);
        }
        page.navigate(lapse.url().resolve(path).toString());
        page.locator(READY + ", " + SIGN_IN_FORM).waitFor();
        if (page.locator(SIGN_IN_FORM).isVisible()) {
            signIn(page, username, DemoDesk.PASSWORD);
            page.locator(READY).waitFor();
        }
        return page;
    }

    /** Has the profile be as a sign-in to Demo Desk leaves it, without its pages, which take their time. */
    private void comeSignedIn(Page page, String username) {
        org.lapse.it.Browser browser = new org.lapse.it.Browser(lapse);
        TokenHolder holder = new DemoDesk(lapse, browser).signIn(username);
        profile.addCookies(browser.cookies().stream()
                .map(cookie -> new Cookie(cookie.getName(), cookie.getValue())
                        .setUrl(lapse.url().toString())
                        .setHttpOnly(cookie.isHttpOnly()))
                .toList());
        page.navigate(lapse.url(EMPTY).toString());
        page.evaluate(
                KEEP_SIGN_IN,
                List.of(DemoDesk.ID, holder.accessToken(), holder.tokens().idToken()));
    }

    /** Gives a password at the sign-in page, in whatever language that is. */
    static void signIn(Page page, String username, String password) {
        page.getByLabel(Pattern.compile("^(User name|Benutzername)$")).fill(username);
        page.getByLabel(Pattern.compile("^(Password|Passwort)$")).fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^(Sign in|Anmelden)$")))
                .click();
    }

    /**
     * Time passes, for the server and for this browser, whose timers stand still meanwhile: as when a laptop sleeps.
     */
    void sleep(Duration time) {
        lapse.letPass(time);
        profile.clock().fastForward(time.toMillis());
    }

    /** The screen that hides a locked page. */
    static Locator lock(Page page) {
        return page.locator("#lapse-lock");
    }

    /** The question whether somebody is still there. */
    static Locator warning(Page page) {
        return page.getByRole(AriaRole.ALERTDIALOG);
    }

    /** Gives a password at the locked screen. */
    static void unlock(Page page, String password) {
        lock(page).getByLabel("Password").fill(password);
        lock(page)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("OK"))
                .click();
    }

    /** What the client of a bare page says of one thing that the timer sees. */
    static Object explained(Page page, String what) {
        return page.evaluate(
                "what => { const seen = lapse.explain()[what]; return seen instanceof Date ? +seen : seen; }", what);
    }

    /** The heartbeats that were answered so far: those that count as activity. */
    List<JsonNode> heartbeats() {
        profile.cookies(); // the driver tells of requests only while it is asked for something
        return answered.stream()
                .filter(request -> request.url().endsWith("/tokens/me/activity") && request.postData() != null)
                .map(Visitor::bodyOf)
                .filter(body -> !body.path("seen").isEmpty())
                .toList();
    }

    /** Waits until that many heartbeats have been answered. */
    void awaitHeartbeats(int count) {
        profile.waitForCondition(() -> heartbeats().size() >= count);
        assertThat(heartbeats()).hasSize(count);
    }

    /** How many requests of scripts there were so far. */
    long calls() {
        profile.cookies();
        return requests.stream()
                .filter(request -> request.resourceType().equals("fetch"))
                .count();
    }

    private static JsonNode bodyOf(Request request) {
        try {
            return JSON.readTree(request.postData());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asserts that no page complained about a script, its content security policy or Trusted Types, and none left the
     * origin.
     */
    void assertNoComplaints() {
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }

    /** Asserts that nothing was asked of another origin than Lapse's. */
    void assertNothingLeftTheOrigin() {
        assertThat(requests)
                .extracting(Request::url)
                .filteredOn(url -> !url.startsWith("data:") && !url.startsWith("about:"))
                .allSatisfy(url -> assertThat(URI.create(url).getAuthority())
                        .isEqualTo(lapse.url().getAuthority()));
    }

    @Override
    public void close() {
        profile.close();
    }
}
