package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the browser client says and remembers; what it notices is in {@link ScreenActivityIT}, and what it shows in
 * {@link LockIT}.
 */
@OnServer
class BrowserClientIT {
    private static final Duration TIMEOUT = DeskVisits.TIMEOUT;
    private static final Duration TENTH = TIMEOUT.dividedBy(10);

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

    // --- signing in

    @Test
    void signInComesBackToTheSamePlaceAndAnswersWhoItIs() {
        Page page = signInAtThePage(Visitor.BARE + "?customer=7#notes");

        assertThat(page).hasURL(lapse.url(Visitor.BARE + "?customer=7#notes").toString());
        assertThat(page.evaluate("person.name")).isEqualTo("Alice Agent");
        assertThat(page.evaluate("lapse.user.username")).isEqualTo(Visitor.ALICE);
        assertThat((Double) seconds(page)).isBetween(1.0, (double) TIMEOUT.toSeconds());
        assertThat(Visitor.explained(page, "rule")).isEqualTo("organization");
    }

    private Page signInAtThePage(String wanted) {
        Page page = visitor.profile().newPage();
        page.navigate(wanted);
        Visitor.signIn(page, Visitor.ALICE, DemoDesk.PASSWORD);
        page.waitForFunction("() => window.heard && window.person"); // back on the bare page
        return page;
    }

    @Test
    void secondTabNeedsNoSignInAndHasTheSameSession() {
        Page first = visitor.open(Visitor.BARE);
        Page second = visitor.open(Visitor.BARE);

        assertThat(tokenIn(second)).isEqualTo(tokenIn(first));
    }

    @Test
    void tokenIsInNoAddress() {
        Page page = signInAtThePage(Visitor.BARE);

        assertThat(page.url()).doesNotContain("code=").doesNotContain("state=");
        assertThat(page.evaluate("performance.getEntries().map(entry => entry.name).join(' ')")
                        .toString())
                .doesNotContain(tokenIn(page));
    }

    private static String tokenIn(Page page) {
        return page.evaluate("JSON.parse(Object.values(localStorage)[0]).token").toString();
    }

    private static Object seconds(Page page) {
        return page.evaluate("lapse.explain().secondsLeft + 0.0001");
    }

    // --- heartbeats

    @Test
    void heartbeatsComeAtMostEveryTenthOfTheTimeoutAndTellTheAge() {
        Page page = visitor.open(Visitor.BARE);
        page.keyboard().press("a");
        visitor.awaitHeartbeats(1);
        assertThat(visitor.heartbeats().get(0).at("/seen/0").asText()).isEqualTo("key");

        for (int i = 0; i < 20; i++) {
            page.mouse().move(50 + i, 50);
        }
        page.evaluate("lapse.look()");
        assertThat(visitor.heartbeats()).hasSize(1);
        visitor.sleep(TENTH);

        visitor.awaitHeartbeats(2);
        JsonNode second = visitor.heartbeats().get(1);
        assertThat(second.at("/seen/0").asText()).isEqualTo("pointer");
        assertThat(second.required("activityAgeSeconds").asDouble())
                .isBetween(TENTH.toSeconds() - 1.0, TENTH.toSeconds() + 30.0);
        assertThat(second.has("activityAt")).isFalse();
    }

    @Test
    void heartbeatKeepsTheSessionAndQuietEndsIt() {
        Page page = visitor.open(Visitor.BARE);
        for (int i = 0; i < 3; i++) {
            visitor.sleep(TIMEOUT.dividedBy(2));
            page.keyboard().press("a");
            int beats = i + 1;
            visitor.awaitHeartbeats(beats);
        }
        assertThat(Visitor.explained(page, "state")).isEqualTo("active");

        visitor.sleep(TIMEOUT);

        assertThat(Visitor.lock(page)).isVisible();
    }

    // --- time

    @PageAlone
    @Test
    void deadlineComesFirstThenTheRecord() {
        Page page = visitor.open(Visitor.BARE);
        page.mouse().move(10, 10);
        page.evaluate("heard.length = 0");
        int beats = visitor.heartbeats().size();

        lapse.letPass(TIMEOUT);
        visitor.profile().clock().pauseAt(System.currentTimeMillis() + TIMEOUT.toMillis() + 60_000);
        page.mouse().move(200, 200);

        assertThat(Visitor.lock(page)).isVisible();
        assertThat(page.evaluate("heard")).asList().doesNotContain("pointer").contains("lock");
        assertThat(visitor.heartbeats()).hasSize(beats);
    }

    @PageAlone
    @Test
    void laptopThatSleptLocksAtOnce() {
        Page page = visitor.open(Visitor.BARE);

        visitor.sleep(TIMEOUT.plusHours(2));

        assertThat(Visitor.explained(page, "state")).isEqualTo("locked");
        assertThat(page.getByText("Something secret")).isHidden();
    }

    @PageAlone
    @Test
    void clockThatIsSetBackGainsNothing() {
        Page page = visitor.open(Visitor.BARE);
        page.evaluate("() => { const wrong = Date.now; Date.now = () => wrong() - 3600_000; }");

        visitor.sleep(TIMEOUT);

        assertThat(Visitor.lock(page)).isVisible();
    }

    @Test
    void serversWordBeatsTheTimersOfThePage() {
        Page page = visitor.open(Visitor.BARE);

        visitor.profile().clock().fastForward(TIMEOUT.toMillis());

        page.waitForFunction("() => heard.includes('unlock')");
        assertThat(page.evaluate("heard")).asList().containsSubsequence("lock", "unlock");
        assertThat(Visitor.lock(page)).isHidden();
        assertThat(Visitor.explained(page, "state")).isEqualTo("active");
    }

    @PageAlone
    @Test
    void afterTheLockNothingIsSent() {
        Page page = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT);
        assertThat(Visitor.lock(page)).isVisible();
        page.waitForFunction("() => JSON.parse(Object.values(localStorage)[0]).unsure === false");
        long calls = visitor.calls();

        visitor.profile().clock().runFor(Duration.ofMinutes(5).toMillis());
        page.evaluate("dispatchEvent(new Event('online'))");
        page.mouse().move(10, 300);

        assertThat(visitor.calls()).isEqualTo(calls);
    }

    @PageAlone
    @Test
    void troubledServerIsAskedLessAndLess() {
        Page page = visitor.open(Visitor.BARE);
        page.keyboard().press("a");
        visitor.awaitHeartbeats(1);
        visitor.profile()
                .route("**/tokens/me/activity", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        page.waitForTimeout(600); // what comes sooner is one activity
        page.keyboard().press("b");
        visitor.sleep(TENTH);
        for (int second = 0; second < 120; second++) {
            visitor.profile().clock().runFor(1000);
        }

        assertThat(visitor.heartbeats().size()).isBetween(2, 5);
        visitor.profile().unroute("**/tokens/me/activity");
        page.evaluate("dispatchEvent(new Event('online'))");
        page.waitForFunction("least => lapse.explain().secondsLeft > least", TIMEOUT.toSeconds() - 300.0);
    }

    @PageAlone
    @Test
    void offlineAndBackBeforeTheDeadlineSaysWhatWasSeenMeanwhile() {
        Page page = visitor.open(Visitor.BARE);
        visitor.profile().setOffline(true);
        page.keyboard().press("a");
        visitor.sleep(TIMEOUT.minusMinutes(4));

        visitor.profile().setOffline(false);
        visitor.sleep(TENTH); // to the next heartbeat, where one was tried before the connection was back

        visitor.profile().waitForCondition(() -> visitor.heartbeats().stream()
                .anyMatch(beat -> beat.required("activityAgeSeconds").asDouble() > 300));
        page.waitForFunction("most => lapse.explain().secondsLeft < most", TIMEOUT.toSeconds() - 300.0);
        assertThat(Visitor.explained(page, "state")).isEqualTo("active");
    }

    @PageAlone
    @Test
    void offlineBeyondTheDeadlineLocksAndWaitsForTheConnection() {
        Page page = visitor.open(Visitor.BARE);
        visitor.profile().setOffline(true);
        visitor.sleep(TIMEOUT);
        assertThat(Visitor.lock(page)).isVisible();
        Visitor.unlock(page, DemoDesk.PASSWORD);
        assertThat(Visitor.lock(page)).containsText("There is no connection");

        visitor.profile().setOffline(false);
        page.waitForFunction("() => JSON.parse(Object.values(localStorage)[0]).unsure === false");
        Visitor.unlock(page, DemoDesk.PASSWORD);

        assertThat(Visitor.lock(page)).isHidden();
    }

    // --- tabs

    @Test
    void activeTabKeepsTheOthersAliveAndOneSpeaksForAll() {
        Page idle = visitor.open(Visitor.BARE);
        Page active = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT.dividedBy(2));
        active.keyboard().press("a");
        active.keyboard().press("b");
        visitor.awaitHeartbeats(1);
        active.waitForTimeout(600); // what comes sooner is one activity
        idle.keyboard().press("c");
        active.keyboard().press("d");
        visitor.sleep(TENTH);
        visitor.profile().waitForCondition(() -> visitor.heartbeats().size() >= 2);

        visitor.sleep(TIMEOUT.dividedBy(2));

        // Without the lock there would be four; one may slip through where a tab hears late what the other has done.
        assertThat(visitor.heartbeats()).hasSizeBetween(2, 3);
        assertThat(Visitor.explained(idle, "state")).isEqualTo("active");
        assertThat((Double) seconds(idle)).isCloseTo((Double) seconds(active), Offset.offset(5.0));
        assertThat(Visitor.lock(idle)).isHidden();
    }

    @Test
    void lockAndUnlockReachAllTabs() {
        Page one = visitor.open(Visitor.BARE);
        Page other = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT);
        assertThat(Visitor.lock(one)).isVisible();
        assertThat(Visitor.lock(other)).isVisible();

        Visitor.unlock(one, DemoDesk.PASSWORD);

        assertThat(Visitor.lock(one)).isHidden();
        assertThat(Visitor.lock(other)).isHidden();
        assertThat(other.evaluate("heard")).asList().containsSubsequence("lock", "unlock");
    }

    @Test
    void signOutReachesAllTabsAndIsNoTimeout() {
        Page one = visitor.open(Visitor.BARE);
        Page other = visitor.open(Visitor.BARE);

        evaluateAndLeave(one, "lapse.signOut()");

        for (Page page : List.of(one, other)) {
            page.waitForURL(SIGN_IN_PAGE);
            assertThat(page.getByText("You have signed out.")).isVisible();
        }
        assertThat(visitor.open("/demo/").url()).contains("/demo/");
    }

    /** The page is left before the script has an answer. */
    private static void evaluateAndLeave(Page page, String script) {
        page.evaluate("() => { setTimeout(() => { " + script + " }, 0); }");
    }

    @PageAlone
    @Test
    void twoApplicationsOfOneOriginDoNotMix() throws IOException {
        try (OtherSite site = new OtherSite()) {
            String first = administrator.createBrowserClient(site.origin() + "/first");
            String second = administrator.createBrowserClient(site.origin() + "/second");
            administrator.setSecurityOption(first, "inactivity-timeout", "5");
            administrator.setSecurityOption(first, "on-inactivity", "lock");
            site.putClient("/first", lapse, first);
            site.putClient("/second", lapse, second);
            Page one = visitor.open(site.origin() + "/first");
            Page other = visitor.open(site.origin() + "/second");

            visitor.sleep(Duration.ofMinutes(5));

            assertThat(Visitor.lock(one)).isVisible();
            assertThat(Visitor.lock(other)).isHidden();
            assertThat(Visitor.explained(other, "state")).isEqualTo("active");
        }
    }

    // --- other places

    @Test
    void pageOfAnotherOriginEmbedsTheClient() throws IOException {
        try (OtherSite site = new OtherSite()) {
            site.putClient("/desk", lapse, administrator.createBrowserClient(site.origin() + "/desk"));
            Page page = visitor.open(site.origin() + "/desk?q=1");

            page.keyboard().press("a");
            visitor.awaitHeartbeats(1);
            assertThat(page).hasURL(site.origin() + "/desk?q=1");
            assertThat(page.evaluate(
                            "address => lapse.fetch(address).then(({ status }) => status)",
                            lapse.url("/api/v2/tokens/me").toString()))
                    .isEqualTo(200);
            visitor.sleep(TIMEOUT);
            assertThat(Visitor.lock(page)).containsText("no activity");
        }
    }

    // --- open work

    @Test
    void holdKeepsTheSessionUntilItIsReleased() {
        Page page = visitor.open(Visitor.BARE);
        page.evaluate("() => { window.release = lapse.hold('call', { max: 3600 }); }");
        page.waitForFunction("() => lapse.explain().heldUntil");
        assertThat(Visitor.explained(page, "heldBy")).isEqualTo(List.of("call"));

        visitor.sleep(TIMEOUT.multipliedBy(2));
        assertThat(Visitor.explained(page, "state")).isEqualTo("active");
        page.evaluate("release()");
        assertThat(Visitor.explained(page, "heldBy")).isEqualTo(List.of());
        visitor.sleep(TIMEOUT);

        assertThat(Visitor.lock(page)).isVisible();
    }

    @Test
    void progressThatIsShownHolds() {
        Page page = visitor.open(Visitor.BARE);
        page.evaluate("() => { document.getElementById('progress').hidden = false; }");
        assertThat(Visitor.explained(page, "heldBy")).isEqualTo(List.of("progress"));
        for (int i = 0; i < 4; i++) {
            int beats = i + 1;
            visitor.awaitHeartbeats(beats);
            visitor.sleep(TIMEOUT.minusMinutes(3));
        }
        assertThat(visitor.heartbeats().get(0).required("seen").toString()).isEqualTo("[\"progress\"]");
        assertThat(Visitor.explained(page, "state")).isEqualTo("active");

        page.evaluate("() => { const bar = document.getElementById('progress'); bar.max = 2; bar.value = 2; }");
        assertThat(Visitor.explained(page, "heldBy")).isEqualTo(List.of());
    }

    // --- calls

    @Test
    void callsThatReadWaitForTheUnlockAndOthersAreRefused() {
        Page page = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT);
        assertThat(Visitor.lock(page)).isVisible();
        page.evaluate("() => { window.waiting = lapse.fetch('/api/v2/users/me').then((answer) => answer.json()); }");
        assertThat(Visitor.explained(page, "waiting")).isEqualTo(1);
        assertThat(page.evaluate(
                        "lapse.fetch('/api/v2/users/me', { method: 'PATCH', body: '{}' }).catch(({ name }) => name)"))
                .isEqualTo("InvalidStateError");

        Visitor.unlock(page, DemoDesk.PASSWORD);

        assertThat(page.evaluate("waiting.then(({ username }) => username)")).isEqualTo(Visitor.ALICE);
    }

    @Test
    void callThatMeetsALockWaitsToo() {
        Page page = visitor.open(Visitor.BARE);
        lapse.letPass(TIMEOUT);
        page.evaluate("() => { window.waiting = lapse.background('/api/v2/users/me').then(({ status }) => status); }");
        assertThat(Visitor.lock(page)).isVisible();

        Visitor.unlock(page, DemoDesk.PASSWORD);

        assertThat(page.evaluate("waiting")).isEqualTo(200);
    }

    @PageAlone
    @Test
    void tokenIsGivenToNoOtherOrigin() {
        Page page = visitor.open(Visitor.BARE);

        assertThat(page.evaluate("lapse.fetch('http://evil.test/').catch(({ name }) => name)"))
                .isEqualTo("TypeError");
    }

    @PageAlone
    @Test
    void refusalThatIsAboutSomethingElseIsTheCallersAffair() {
        Page page = visitor.open(Visitor.BARE);
        visitor.profile().route("**/demo/own-api", route -> route.fulfill(new Route.FulfillOptions().setStatus(401)));

        assertThat(page.evaluate("lapse.fetch('/demo/own-api').then(({ status }) => status)"))
                .isEqualTo(401);
        assertThat(Visitor.explained(page, "state")).isEqualTo("active");
    }

    @Test
    void callsCountUnlessTheyAreInTheBackground() {
        Page page = visitor.open(Visitor.BARE);
        visitor.sleep(Duration.ofMinutes(6));
        page.evaluate("lapse.background('/api/v2/tokens/me').then(() => lapse.look())");
        assertThat((Double) seconds(page)).isLessThan(300);

        page.evaluate("lapse.fetch('/api/v2/tokens/me').then(() => lapse.look())");

        assertThat((Double) seconds(page)).isGreaterThan(500);
    }

    // --- coming back after a new sign-in

    @Test
    void stateComesBackAfterANewSignIn() {
        administrator.setDeskOption("on-inactivity", "revoke");
        visitor.setOptions("{ state: { save: () => ({ field: document.getElementById('field').value }),"
                + " restore: (kept) => { document.getElementById('field').value = kept.field; } } }");
        Page page = visitor.open(Visitor.BARE + "#here");
        page.getByLabel("Field").fill("half a sentence");
        page.getByLabel("Field").press("!");
        visitor.awaitHeartbeats(1);
        visitor.sleep(TIMEOUT.minusSeconds(30)); // the warning: what is there is kept
        assertThat(Visitor.warning(page)).isVisible();
        visitor.sleep(TIMEOUT);
        assertThat(Visitor.lock(page)).containsText("no activity");
        evaluateAndLeave(page, "lapse.signIn('inactivity')");
        page.waitForURL(SIGN_IN_PAGE);
        assertThat(page.getByText(NO_ACTIVITY)).isVisible();
        Visitor.signIn(page, Visitor.ALICE, DemoDesk.PASSWORD);

        page.waitForFunction("() => window.person");
        assertThat(page).hasURL(lapse.url(Visitor.BARE + "#here").toString());
        assertThat(page.getByLabel("Field")).hasValue("half a sentence!");
    }

    @Test
    void pageThatIsOpenedAfterTheLapseLeadsToTheSignIn() {
        administrator.setDeskOption("on-inactivity", "revoke");
        Page page = visitor.open(Visitor.BARE);
        page.close();
        visitor.sleep(TIMEOUT);

        Page later = visitor.profile().newPage();
        later.navigate(Visitor.BARE);

        later.waitForURL(SIGN_IN_PAGE);
        assertThat(later.getByText(NO_ACTIVITY)).isVisible();
    }

    @Test
    void reloadOfALockedPageIsLocked() {
        Page page = visitor.open(Visitor.BARE);
        visitor.sleep(TIMEOUT);
        assertThat(Visitor.lock(page)).isVisible();

        page.reload();

        assertThat(Visitor.lock(page)).isVisible();
        Visitor.unlock(page, DemoDesk.PASSWORD);
        page.waitForFunction("() => window.person");
        assertThat(page.getByText("Something secret")).isVisible();
    }

    @Test
    void signInThatWasRefusedIsSaid() {
        Page page = visitor.profile().newPage();
        page.navigate(Visitor.BARE);
        page.waitForURL(SIGN_IN_PAGE);
        String state = Form.ofQuery(URI.create(page.url()).getRawQuery()).value("state");

        page.navigate("/demo/?error=access_denied&error_description=Not+today&state=" + state);

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Not today");
    }

    @PageAlone
    @Test
    void answerThatNobodyAskedForIsNotBelieved() {
        Page page = visitor.profile().newPage();
        page.navigate("/demo/?code=stolen&state=unknown");

        page.waitForURL(SIGN_IN_PAGE);
    }
}
