package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the browser client shows over a page: the warning, the locked screen, and the way back. */
@OnServer
class LockIT {
    private static final Duration TIMEOUT = DeskVisits.TIMEOUT;
    /** What the sign-in page says before the timer has come to the session, and afterwards. */
    private static final Pattern NO_ACTIVITY = Pattern.compile("because there was no activity|nobody was active");

    private static final Pattern SIGN_IN_PAGE = Pattern.compile(".*/oauth/authorize.*");

    @RegisterExtension
    static final DeskVisits VISITS = new DeskVisits();

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @SuppressWarnings("NullAway.Init") // arrive() fills it
    private Visitor visitor;

    @BeforeEach
    void arrive() {
        visitor = VISITS.visitor(new Browser.NewContextOptions());
    }

    private Page lockedPage() {
        return lockedPage(Visitor.ALICE);
    }

    private Page lockedPage(String username) {
        Page page = visitor.open(Visitor.BARE, username);
        visitor.sleep(TIMEOUT);
        assertThat(Visitor.lock(page)).isVisible();
        return page;
    }

    /** A user of whom nobody has guessed the password yet. */
    private String newUser() {
        String username = UUID.randomUUID() + "@demo.example";
        administrator.createUser(username);
        return username;
    }

    private static void assertUsable(Page page) {
        assertThat(Visitor.lock(page)).isHidden();
        assertThat(page.getByText("Something secret")).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Button"))
                .click();
    }

    private static String focused(Page page) {
        return page.evaluate("document.activeElement.id").toString();
    }

    @Test
    void bothTabsGoOnWithTheNewTokenAfterTheReloginInOne() {
        String username = newUser();
        Page one = visitor.open(Visitor.BARE, username);
        Page other = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT);
        assertThat(Visitor.lock(one)).isVisible();
        assertThat(Visitor.lock(other)).isVisible();
        String before = tokenOf(one);

        Visitor.unlock(one, DemoDesk.PASSWORD);

        assertUsable(one);
        assertUsable(other);
        String after = tokenOf(one);
        assertThat(after).isNotEqualTo(before).isEqualTo(tokenOf(other));
        visitor.sleep(Duration.ofSeconds(31)); // longer than lapse.refresh.reuse-grace here
        for (Page page : List.of(one, other)) {
            assertThat(page.evaluate("lapse.fetch('/api/v2/users/me').then((response) => response.status)"))
                    .isEqualTo(200);
            assertUsable(page);
        }
        assertThat(tokenOf(other)).isEqualTo(after);
        assertThat(lapse.holderOf(before).use()).isRefused(401, "bad.credentials");
    }

    @Test
    void pageToWhichTheReloginLeadsBackHasANewToken() {
        Page page = lockedPage(newUser());
        String before = tokenOf(page);
        String here = page.url();
        page.navigate("/relogin");
        page.getByLabel("Password").fill(DemoDesk.PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("OK"))
                .click();
        assertThat(page.getByText("You are back.")).isVisible();

        page.navigate(here);

        assertUsable(page);
        assertThat(tokenOf(page)).isNotEqualTo(before);
    }

    private static String tokenOf(Page page) {
        return page.evaluate("JSON.parse(Object.values(localStorage)[0]).token").toString();
    }

    // --- the warning

    @Test
    void warningComesAMinuteBeforeTheEndAndIsAnsweredByAButton() {
        Page page = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT.minusSeconds(62));
        assertThat(Visitor.warning(page)).isHidden();
        visitor.sleep(Duration.ofSeconds(3));

        Locator warning = Visitor.warning(page);
        assertThat(warning).isVisible();
        assertThat(warning).hasAccessibleName("Are you still there?");
        assertThat(warning)
                .hasAccessibleDescription(Pattern.compile("Nothing has been done for a while.*about to be locked.*"));
        assertThat(page.evaluate("heard")).asList().contains("warning");
        page.mouse().move(300, 300);
        page.mouse().move(310, 300);
        assertThat(warning).isVisible();
        warning.getByText("Stay signed in").click();

        assertThat(warning).isHidden();
        page.waitForFunction("() => lapse.explain().secondsLeft > 500");
        assertUsable(page);
    }

    @PageAlone
    @Test
    void warningSaysThatTheSessionEndsWhereItDoesNotLock() {
        administrator.setDeskOption("on-inactivity", "revoke");
        Page page = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT.minusSeconds(58));

        assertThat(Visitor.warning(page)).hasAccessibleDescription(Pattern.compile(".*about to end.*sign in again.*"));
    }

    @Test
    void lockOfAnAdministratorSaysSo() {
        Page page = visitor.open(Visitor.BARE, newUser());
        String session = lapse.service()
                .get("/api/v2/sessions?userId=" + page.evaluate("person.id"))
                .json()
                .at("/entities/0/id")
                .asText();
        lapse.service()
                .post("/api/v2/sessions/lock", "{\"sessionIds\":[\"" + session + "\"]}")
                .expect(200);
        page.evaluate("() => { lapse.look(); }");

        assertThat(Visitor.lock(page)).containsText("An administrator has locked it.");
        assertThat(Visitor.lock(page)).not().containsText("Nothing was done");
        Visitor.unlock(page, DemoDesk.PASSWORD);
        assertUsable(page);
    }

    @Test
    void escapeAtTheWarningIsStaying() {
        Page page = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT.minusSeconds(30));
        assertThat(Visitor.warning(page)).isVisible();

        page.keyboard().press("Escape");

        assertThat(Visitor.warning(page)).isHidden();
        page.waitForFunction("() => lapse.explain().secondsLeft > 500");
    }

    @Test
    void warningCanBeAnsweredBySigningOut() {
        Page page = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT.minusSeconds(30));

        Visitor.warning(page).getByText("Sign out now").click();

        page.waitForURL(SIGN_IN_PAGE);
        assertThat(page.getByText("You have signed out.")).isVisible();
    }

    @PageAlone
    @Test
    void countdownIsAnnouncedNowAndThenAndNotEachSecond() {
        Page page = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT.minusSeconds(62));
        page.evaluate("() => { window.said = []; new MutationObserver(() => {"
                + " const text = document.querySelector('#lapse-warning [role=status]')?.textContent;"
                + " if (text && said.at(-1) !== text) said.push(text);"
                + " }).observe(document.body, { subtree: true, childList: true, characterData: true }); }");
        visitor.sleep(Duration.ofSeconds(3));
        assertThat(Visitor.warning(page)).isVisible();
        for (int second = 0; second < 52; second++) {
            visitor.profile().clock().runFor(1000);
        }

        assertThat((List<?>) page.evaluate("said"))
                .hasSizeBetween(3, 4)
                .last()
                .asString()
                .isEqualTo("10 seconds left");
        assertThat(page.evaluate("said")).asList().contains("30 seconds left");
    }

    @PageAlone
    @Test
    void activityInAnotherTabClosesTheWarning() {
        Page page = visitor.open(Visitor.BARE);
        Page other = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT.minusSeconds(30));
        assertThat(Visitor.warning(page)).isVisible();
        assertThat(Visitor.warning(other)).isVisible();

        Visitor.warning(other).getByText("Stay signed in").click();

        assertThat(Visitor.warning(page)).isHidden();
    }

    @PageAlone
    @Test
    void workThatTheEmbeddingPageReportsClosesTheWarning() {
        Page page = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT.minusSeconds(30));
        assertThat(Visitor.warning(page)).isVisible();

        page.evaluate("lapse.activity()");

        assertThat(Visitor.warning(page)).isHidden();
    }

    // --- what the lock hides

    @PageAlone
    @Test
    void nothingOfThePageCanBeSeenHeardOrReached() {
        Page page = visitor.open(Visitor.BARE);
        page.evaluate("() => { document.title = 'Case of Mrs Rossi'; }");
        visitor.sleep(TIMEOUT);

        assertThat(Visitor.lock(page)).isVisible();
        assertThat(page.getByText("Something secret")).isHidden();
        assertThat(page.locator("body").ariaSnapshot()).doesNotContain("secret").doesNotContain("Button");
        assertThat(page).hasTitle("This session is locked");
        assertThat(page.evaluate("getComputedStyle(document.getElementById('lapse-lock')).backgroundColor")
                        .toString())
                .matches("rgb\\(.*|color\\(srgb [^/]*\\)");
        for (int i = 0; i < 8; i++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement === document.body"
                            + " || !!document.activeElement.closest('#lapse-lock')"))
                    .isEqualTo(true);
        }
    }

    @PageAlone
    @Test
    void repeatedEscapeDoesNotOpenIt() {
        Page page = lockedPage();

        for (int i = 0; i < 10; i++) {
            page.keyboard().press("Escape");
        }
        page.evaluate("document.getElementById('lapse-lock').close()");

        assertThat(Visitor.lock(page)).isVisible();
        assertThat(page.getByText("Something secret")).isHidden();
    }

    @PageAlone
    @Test
    void dialogsThatThePageOpensLaterStayBehindIt() {
        Page page = lockedPage();
        Visitor.lock(page).getByLabel("Password").fill("half a pass");

        page.evaluate("() => { const dialog = document.createElement('dialog'); dialog.id = 'host';"
                + " dialog.append('Secret dialog', document.createElement('input')); document.body.append(dialog);"
                + " dialog.showModal(); }");
        page.evaluate(
                "() => { const popover = document.createElement('div'); popover.popover = 'manual'; popover.id = 'pop';"
                        + " popover.append('Secret popover'); document.body.append(popover); popover.showPopover(); }");

        assertThat(page.getByText("Secret dialog")).isHidden();
        assertThat(page.getByText("Secret popover")).isHidden();
        assertThat(page.locator("body").ariaSnapshot()).doesNotContain("Secret");
        assertThat(Visitor.lock(page).getByLabel("Password")).isFocused();
        assertThat(Visitor.lock(page).getByLabel("Password")).hasValue("half a pass");
        assertThat(page.evaluate("document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('dialog').id"))
                .isEqualTo("lapse-lock");

        Visitor.unlock(page, DemoDesk.PASSWORD);

        assertThat(page.getByText("Secret dialog")).isVisible();
        page.evaluate(
                "() => { document.getElementById('host').close(); document.getElementById('pop').hidePopover(); }");
        assertUsable(page);
    }

    @PageAlone
    @Test
    void dialogInAShadowTreeStaysBehindItToo() {
        Page page = lockedPage();

        page.evaluate("() => { const host = document.body.appendChild(document.createElement('div'));"
                + " const root = host.attachShadow({ mode: 'closed' }); const dialog = document.createElement('dialog');"
                + " dialog.style.visibility = 'visible'; dialog.append('Secret', document.createElement('input'));"
                + " root.append(dialog); dialog.showModal(); window.shadowed = dialog; }");
        page.waitForFunction("() => document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('#lapse-lock')");

        assertThat(Visitor.lock(page).getByLabel("Password")).isFocused();
    }

    @PageAlone
    @Test
    void whatThePageDoesMeanwhileUncoversNothing() {
        Page page = lockedPage();

        page.evaluate(
                "() => { document.body.append(Object.assign(document.createElement('p'), { textContent: 'Secret news' }));"
                        + " document.querySelector('main').inert = false; document.title = 'Secret title';"
                        + " delete document.documentElement.dataset.lapseLocked; document.adoptedStyleSheets = []; }");
        assertThat(page.getByText("Secret news")).isHidden();
        assertThat(page.getByText("Something secret")).isHidden();
        assertThat(page.locator("body").ariaSnapshot()).doesNotContain("ecret");
        page.evaluate("document.getElementById('lapse-lock').remove()");

        assertThat(Visitor.lock(page)).isVisible();
        page.waitForFunction("() => document.title === 'This session is locked'");
        Visitor.unlock(page, DemoDesk.PASSWORD);
        assertThat(page.getByText("Secret news")).isVisible();
        assertThat(page).hasTitle("Secret title");
    }

    @PageAlone
    @Test
    void shortcutsOfThePageDoNotHearThePassword() {
        Page page = visitor.open(Visitor.BARE);
        page.evaluate(
                "() => { window.keys = ''; document.addEventListener('keydown', ({ key }) => { keys += key; }); }");
        visitor.sleep(TIMEOUT);

        Visitor.lock(page).getByLabel("Password").pressSequentially("secret");

        assertThat(page.evaluate("keys")).isEqualTo("");
    }

    // --- the way back

    @Test
    void everythingIsAsItWas() {
        Page page = visitor.open(Visitor.BARE);
        page.getByLabel("Field").fill("half a sentence");
        page.evaluate("() => { document.getElementById('field').setSelectionRange(5, 8); scrollTo(0, 321); }");
        page.evaluate("() => { document.getElementById('button').inert = true; }");
        visitor.sleep(TIMEOUT);

        Visitor.unlock(page, DemoDesk.PASSWORD);

        assertThat(Visitor.lock(page)).isHidden();
        assertThat(focused(page)).isEqualTo("field");
        assertThat(page.evaluate("[scrollY, field.value, field.selectionStart, field.selectionEnd, document.title,"
                        + " document.getElementById('button').inert, document.querySelector('main').inert].join()"))
                .isEqualTo("321,half a sentence,5,8,Bare,true,false");
    }

    @PageAlone
    @Test
    void passwordManagersFindWhatTheyNeed() {
        Page page = lockedPage();
        Locator username = Visitor.lock(page).getByLabel("User name");
        Locator password = Visitor.lock(page).getByLabel("Password");

        assertThat(username).hasValue(Visitor.ALICE);
        assertThat(username).hasAttribute("autocomplete", "username");
        assertThat(username).isVisible();
        assertThat(username).not().isEditable();
        assertThat(password).hasAttribute("autocomplete", "current-password");
        assertThat(password).hasAttribute("type", "password");
        assertThat(page.evaluate(
                        "[...document.forms].some(form => form.contains(document.querySelector('#lapse-password')))"))
                .isEqualTo(true);
        visitor.profile().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.evaluate("password => navigator.clipboard.writeText(password)", DemoDesk.PASSWORD);
        password.focus();
        page.keyboard().press("Control+v");
        page.keyboard().press("Enter");

        assertUsable(page);
    }

    @Test
    void wrongPasswordIsRefusedAndTheOriginalUsersIsNot() {
        Page page = lockedPage(newUser());

        Visitor.unlock(page, "wrong");
        assertThat(Visitor.lock(page).getByRole(AriaRole.ALERT)).hasText("The password is not right.");
        assertThat(Visitor.lock(page).getByLabel("Password")).isFocused();
        Visitor.unlock(page, DemoDesk.PASSWORD);
        assertThat(Visitor.lock(page).getByRole(AriaRole.ALERT)).containsText("too many wrong passwords");
        visitor.sleep(Duration.ofSeconds(30));
        Visitor.unlock(page, DemoDesk.PASSWORD);

        assertUsable(page);
    }

    @Test
    void somebodyElseIsRefused() {
        Page page = lockedPage(newUser());

        Object status = page.evaluate(
                "([server, password]) => fetch(server + '/api/v2/relogin', { method: 'POST', headers: { 'Content-Type':"
                        + " 'application/json', Authorization: 'Bearer ' + JSON.parse(Object.values(localStorage)[0]).token },"
                        + " body: JSON.stringify({ username: 'bob@demo.example', password }) }).then(({ status }) => status)",
                List.of(lapse.url().toString(), DemoDesk.PASSWORD));

        assertThat(status).isEqualTo(403);
        assertThat(Visitor.lock(page)).isVisible();
    }

    @Test
    void whoSignsInAsSomebodyElseFindsNothingOfTheLockedPage() {
        Page page = lockedPage();
        page.evaluate("() => { window.old = true; }");
        Page other = visitor.profile().newPage();
        other.navigate("/demo/timer.html");
        assertThat(Visitor.lock(other)).isVisible();
        Visitor.lock(other).getByText("Cancel").click();
        Visitor.lock(other).getByText("Close the session").click();
        other.waitForURL(SIGN_IN_PAGE);
        Visitor.signIn(other, Visitor.BOB, DemoDesk.PASSWORD);

        assertThat(other.getByText("Bob Supervisor")).isVisible();
        assertThat(page.getByText("Something secret")).isHidden();
    }

    @Test
    void cancelAsksAndThenClosesTheSession() {
        Page page = lockedPage();
        Page other = visitor.profile().newPage();
        other.navigate(Visitor.BARE);
        assertThat(Visitor.lock(other)).isVisible();

        Visitor.lock(page).getByText("Cancel").click();
        assertThat(Visitor.lock(page)).containsText("Close this session?");
        assertThat(Visitor.lock(page).getByText("Back")).isFocused();
        Visitor.lock(page).getByText("Back").click();
        assertThat(Visitor.lock(page).getByLabel("Password")).isFocused();
        Visitor.lock(page).getByText("Cancel").click();
        Visitor.lock(page).getByText("Close the session").click();

        page.waitForURL(SIGN_IN_PAGE);
        other.waitForURL(SIGN_IN_PAGE);
        assertThat(page.getByText("Your locked session was closed.")).isVisible();
        assertThat(page.getByLabel("User name")).hasValue("");
    }

    @Test
    void tooManyWrongPasswordsCloseTheSession() {
        Page page = lockedPage(newUser());
        for (int i = 0; i < 5; i++) {
            visitor.sleep(Duration.ofMinutes(10));
            page.waitForResponse("**/relogin", () -> Visitor.unlock(page, "wrong"));
        }

        assertThat(Visitor.lock(page)).containsText("Your session has ended");
        assertThat(Visitor.lock(page).getByText("Sign in", new Locator.GetByTextOptions().setExact(true)))
                .isFocused();
    }

    @Test
    void endedSessionComesBackByASignInWindowAndThePageStaysAsItWas() {
        administrator.setDeskOption("on-inactivity", "revoke");
        Page page = visitor.open(Visitor.BARE);
        Page other = visitor.open(Visitor.BARE);
        page.getByLabel("Field").fill("half a sentence");
        visitor.sleep(TIMEOUT);
        assertThat(Visitor.lock(page)).containsText("Your session has ended because there was no activity");
        assertThat(page.evaluate("heard")).asList().contains("inactivity");
        page.evaluate("() => { window.waiting = lapse.fetch('/api/v2/users/me').then(({ status }) => status); }");

        Page window = page.waitForPopup(() -> Visitor.lock(page)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign in"))
                .click());
        assertThat(window.getByLabel("User name")).hasValue(Visitor.ALICE);
        assertThat(window.getByText(NO_ACTIVITY)).isVisible();
        Visitor.signIn(window, Visitor.ALICE, DemoDesk.PASSWORD);

        assertUsable(page);
        assertUsable(other);
        assertThat(page.getByLabel("Field")).hasValue("half a sentence");
        assertThat(page.evaluate("waiting")).isEqualTo(200);
        assertThat(window.isClosed()).isTrue();
    }

    @Test
    void forcedEndIsNoTimeout() {
        Page page = visitor.open(Visitor.BARE);

        administrator.endSessionsOf(page.evaluate("person.id").toString());
        page.evaluate("() => { lapse.background('/api/v2/users/me'); }");

        assertThat(Visitor.lock(page)).containsText("Your session has ended");
        assertThat(Visitor.lock(page)).not().containsText("no activity");
        assertThat(page.evaluate("heard")).asList().contains("ended");
    }

    @PageAlone
    @Test
    void wordsAndColoursAreThePages() {
        visitor.setOptions("{ texts: { locked: 'Dieser Platz ist gesperrt', ok: 'Weiter' } }");
        Page page = visitor.open(Visitor.BARE);
        page.evaluate("() => { document.documentElement.style.setProperty('--lapse-ground', 'rgb(1, 2, 3)'); }");
        visitor.sleep(TIMEOUT);

        assertThat(Visitor.lock(page).getByRole(AriaRole.HEADING)).hasText("Dieser Platz ist gesperrt");
        assertThat(Visitor.lock(page).getByText("Weiter")).isVisible();
        assertThat(Visitor.lock(page)).hasCSS("background-color", "rgb(1, 2, 3)");
    }

    @PageAlone
    @Test
    void keyboardAloneIsEnough() {
        Page page = lockedPage();

        page.keyboard().press("Tab");
        assertThat(Visitor.lock(page).getByText("OK")).isFocused();
        page.keyboard().press("Tab");
        assertThat(Visitor.lock(page).getByText("Cancel")).isFocused();
        page.keyboard().press("Shift+Tab");
        page.keyboard().press("Shift+Tab");
        page.keyboard().insertText(DemoDesk.PASSWORD);
        page.keyboard().press("Enter");

        assertUsable(page);
    }
}
