package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.access.oauth.BrowserApplication.answerOf;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInEvent;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.authenticator.Enrolled;
import org.lapse.organizations.directory.OtherSessions;
import org.lapse.organizations.directory.PasswordChanges;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.FakeResponse;

/** Guesses from elsewhere do not shut a browser out in which the user has signed in before. */
@OnBothDatabases(configuration = "lapse.password.known-browsers=3")
class KnownBrowsersTest {
    private static final String DEVICE = "lapse_device";
    private static final String AUTHORIZE = "/oauth/authorize";
    private static final String NEW_PASSWORD = "another good one, really";

    private final LapseInJavaSE lapse;
    private final BrowserApplication desk;
    private final User user;

    KnownBrowsersTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.desk = BrowserApplication.in(lapse, Duration.ofHours(1));
        this.user = Enrolled.somebody(lapse).user();
    }

    private FakeResponse password(BrowserInJavaSE browser, String username, String password) {
        FakeResponse page = browser.open(desk.authorization(), desk.address(Map.of("prompt", "login")));
        return browser.submit(
                desk.authorization(), AUTHORIZE, page, Map.of("username", username, "password", password));
    }

    private FakeResponse signIn(BrowserInJavaSE browser) {
        return password(browser, user.username(), Enrolled.PASSWORD);
    }

    private BrowserInJavaSE signedInBrowser() {
        BrowserInJavaSE browser = new BrowserInJavaSE();
        assertSignedIn(signIn(browser));
        browser.forget("lapse_sign_in");
        return browser;
    }

    /** Guesses from elsewhere until strangers have to wait. */
    private void guess() {
        BrowserInJavaSE stranger = new BrowserInJavaSE();
        for (int i = 0; i < 5; i++) {
            password(stranger, user.username(), "a guess");
        }
        letStrangersWaitLong();
        assertThat(signIn(stranger).status()).isEqualTo(429);
    }

    /** Strangers who must wait a second must wait as long as after many more guesses: this machine may be slow. */
    private void letStrangersWaitLong() {
        lapse.inTransaction(() -> {
            lapse.entities()
                    .createNativeQuery("update password_guess set blocked_until = ?1"
                            + " where subject = account and failures >= 5")
                    .setParameter(1, lapse.clock().now().plus(Duration.ofMinutes(15)))
                    .executeUpdate();
        });
    }

    private static void assertSignedIn(FakeResponse back) {
        assertThat(answerOf(back, "code")).as(back.status() + back.body()).isPresent();
    }

    private static Cookie device(FakeResponse back) {
        return back.cookies().stream()
                .filter(cookie -> cookie.getName().equals(DEVICE))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void browserIsKnownByACookieThatStays() {
        BrowserInJavaSE browser = new BrowserInJavaSE();

        Cookie cookie = device(signIn(browser));

        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
        assertThat(cookie.getMaxAge()).isEqualTo(400 * 24 * 3600);
        assertThat(cookie.getValue()).hasSize(43);
        assertThat(device(signIn(browser)).getValue()).isEqualTo(cookie.getValue());
    }

    @Test
    void strangersDoNotShutAKnownBrowserOut() {
        BrowserInJavaSE known = signedInBrowser();
        guess();

        assertSignedIn(signIn(known));
        assertThat(signIn(new BrowserInJavaSE()).status()).isEqualTo(429);
    }

    @Test
    void browserIsKnownForTheUsersWhoSignedInThereAndForNoOther() {
        BrowserInJavaSE ofAnother = new BrowserInJavaSE();
        assertSignedIn(password(ofAnother, Enrolled.somebody(lapse).user().username(), Enrolled.PASSWORD));
        guess();

        assertThat(signIn(ofAnother).status()).isEqualTo(429);
    }

    @Test
    void browserThatOnlyGivesARightPasswordToBeAskedForMoreIsNotKnown() {
        Enrolled somebody = Enrolled.somebody(lapse);
        somebody.withApp();

        FakeResponse page = password(new BrowserInJavaSE(), somebody.user().username(), Enrolled.PASSWORD);

        assertThat(page.cookies()).extracting(Cookie::getName).doesNotContain(DEVICE);
    }

    @Test
    void cookieThatNobodyHasSignedInWithIsReplaced() {
        BrowserInJavaSE browser = new BrowserInJavaSE();
        String planted = "A".repeat(43);
        browser.accept(new Cookie(DEVICE, planted));

        assertThat(device(signIn(browser)).getValue()).isNotEqualTo(planted);
    }

    @Test
    void ofTooManyBrowsersTheOneIsForgottenThatWasNotUsedForLongest() {
        List<BrowserInJavaSE> browsers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            browsers.add(signedInBrowser());
            lapse.clock().putForward(Duration.ofMinutes(1));
        }
        assertSignedIn(signIn(browsers.get(0)));
        lapse.clock().putForward(Duration.ofMinutes(1));
        signedInBrowser();
        guess();

        assertThat(signIn(browsers.get(1)).status()).isEqualTo(429);
        assertSignedIn(signIn(browsers.get(0)));
        assertSignedIn(signIn(browsers.get(2)));
    }

    @Test
    void afterAChangeOfThePasswordOnlyTheBrowserThatMadeItIsKnown() {
        BrowserInJavaSE here = signedInBrowser();
        UUID signInId = lastSignIn().id();
        BrowserInJavaSE elsewhere = signedInBrowser();
        guess();

        lapse.get(PasswordChanges.class)
                .changeOwn(
                        caller(),
                        user.id(),
                        Enrolled.PASSWORD,
                        NEW_PASSWORD,
                        OtherSessions.KEEP,
                        signInId,
                        Locale.ENGLISH);

        assertSignedIn(password(new BrowserInJavaSE(), user.username(), NEW_PASSWORD)); // counted anew
        guess();
        assertThat(password(elsewhere, user.username(), NEW_PASSWORD).status()).isEqualTo(429);
        assertSignedIn(password(here, user.username(), NEW_PASSWORD));
    }

    private SignIn lastSignIn() {
        return lapse.inTransaction(() -> lapse.entities()
                .createQuery(
                        "select s from SignIn s where s.userId = :user order by s.authenticatedAt desc", SignIn.class)
                .setParameter("user", user.id())
                .setMaxResults(1)
                .getSingleResult());
    }

    private Caller caller() {
        return new Caller(
                user.organizationId(),
                "",
                user.id(),
                user.username(),
                lapse.inTransaction(() ->
                        Set.copyOf(lapse.get(Users.class).entitlements(user).permissions())),
                "");
    }

    @Test
    void unknownNamesAreThrottledAndToldAlike() {
        String unknown = UUID.randomUUID() + "@demo.example";
        BrowserInJavaSE stranger = new BrowserInJavaSE();
        int before = refused().size();

        for (int i = 0; i < 5; i++) {
            assertThat(password(stranger, unknown, "a guess").status()).isEqualTo(403);
        }

        letStrangersWaitLong();
        assertThat(password(stranger, unknown, "a guess").status()).isEqualTo(429);
        assertThat(refused().subList(before, refused().size()))
                .hasSize(5)
                .allSatisfy(event -> assertThat(event.user()).isNull())
                .allSatisfy(event -> assertThat(event.organizationId()).isEqualTo(user.organizationId()));
    }

    private List<SignInEvent.SignInRefused> refused() {
        return lapse.fired(SignInEvent.SignInRefused.class);
    }
}
