package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lapse.access.oauth.BrowserApplication.answerOf;

import com.nimbusds.oauth2.sdk.token.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.FakeResponse;
import org.lapse.sessions.session.Admission;

/** An application that nobody trusts gets nothing of a person by one link. */
@OnBothDatabases
class ConsentsTest {
    private static final String ELSEWHERE = "https://elsewhere.example/callback";

    private final LapseInJavaSE lapse;
    private final Consents consents;
    private final User alice;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();

    ConsentsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.consents = lapse.get(Consents.class);
        UUID demo = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.alice = lapse.get(Users.class)
                .findByUsername(demo, "alice@demo.example")
                .orElseThrow();
    }

    @BeforeEach
    void aliceIsSignedIn() {
        BrowserApplication.in(lapse, Duration.ofHours(1)).signIn(browser);
    }

    @Test
    void applicationThatNobodyTrustsGetsNoCodeWithoutAQuestion() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);

        FakeResponse page = stranger.ask(browser);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Location")).isEmpty();
        assertThat(page.body())
                .contains("name=\"decision\"", "alice@demo.example", "https://desk.example", "Know who has signed in");
    }

    @Test
    void passwordIsNoConsent() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);
        BrowserInJavaSE another = new BrowserInJavaSE();

        FakeResponse page = stranger.fillIn(another, stranger.ask(another));

        assertThat(page.header("Location")).isEmpty();
        assertThat(answerOf(stranger.decide(another, page, "allow"), "code")).isPresent();
    }

    @Test
    void consentIsRemembered() {
        BrowserApplication stranger = consentedTo();

        assertThat(answerOf(stranger.ask(browser), "code")).isPresent();
        assertThat(answerOf(stranger.askSilently(browser), "code")).isPresent();
    }

    @Test
    void consentIsAskedForEachTimeWhereAnyProgramMayBeInTheApplicationsPlace() {
        for (String redirectUri : List.of("http://127.0.0.1/callback", "com.example.desk:/callback")) {
            BrowserApplication stranger = BrowserApplication.untrusted(lapse);
            stranger.alsoSendTo(redirectUri);
            Map<String, String> there = Map.of("redirect_uri", redirectUri);

            FakeResponse page = stranger.ask(browser, there);
            assertThat(answerOf(stranger.decide(browser, page, "allow"), "code"))
                    .isPresent();

            assertThat(stranger.ask(browser, there).body()).contains("name=\"decision\"");
            assertThat(answerOf(stranger.ask(browser), "code"))
                    .as("at its https address")
                    .isPresent();
        }
    }

    @Test
    void pageSaysForHowLong() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);

        assertThat(stranger.ask(browser).body()).contains("for at most 30 days");
    }

    @Test
    void consentIsOneUsers() {
        BrowserApplication stranger = consentedTo();
        BrowserInJavaSE ofBob = new BrowserInJavaSE();

        FakeResponse page = stranger.fillIn(ofBob, stranger.ask(ofBob), "bob@demo.example");

        assertThat(page.header("Location")).isEmpty();
        assertThat(page.body()).contains("name=\"decision\"");
    }

    @Test
    void refusalIsToldToTheApplication() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);

        FakeResponse back = stranger.decide(browser, stranger.ask(browser), "deny");

        assertThat(answerOf(back, "error")).contains("access_denied");
        assertThat(answerOf(back, "state")).isPresent();
        assertThat(stranger.ask(browser).body()).contains("name=\"decision\"");
    }

    @Test
    void whereNothingMayBeShownConsentIsRequired() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);

        assertThat(answerOf(stranger.askSilently(browser), "error")).contains("consent_required");
    }

    @Test
    void applicationMayAskAgain() {
        BrowserApplication stranger = consentedTo();
        BrowserApplication trusted = BrowserApplication.in(lapse, Duration.ofHours(1));

        for (BrowserApplication asking : List.of(stranger, trusted)) {
            FakeResponse page = asking.ask(browser, Map.of("prompt", "consent"));

            assertThat(page.body()).contains("name=\"decision\"");
            assertThat(answerOf(asking.decide(browser, page, "allow"), "code")).isPresent();
        }
    }

    @Test
    void moreScopeIsAskedForAgain() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse, "openid", "audits", "presence");
        stranger.decide(browser, stranger.ask(browser, Map.of("scope", "openid audits")), "allow");

        assertThat(answerOf(stranger.ask(browser, Map.of("scope", "audits")), "code"))
                .isPresent();
        assertThat(stranger.ask(browser, Map.of("scope", "audits presence")).body())
                .contains("All that you may do with other users&#39; presence");
    }

    @Test
    void newAddressIsAskedForAgain() {
        BrowserApplication stranger = consentedTo();
        stranger.alsoSendTo(ELSEWHERE);

        FakeResponse page = stranger.ask(browser, Map.of("redirect_uri", ELSEWHERE));

        assertThat(page.header("Location")).isEmpty();
        assertThat(page.body()).contains("https://elsewhere.example");
        assertThat(answerOf(stranger.askSilently(browser), "error")).contains("consent_required");
        stranger.decide(browser, page, "allow");
        assertThat(answerOf(stranger.askSilently(browser), "code")).isPresent();
    }

    @Test
    void whoTakesConsentBackEndsWhatTheApplicationHas() {
        BrowserApplication stranger = consentedTo();
        Tokens tokens = stranger.redeem(stranger.ask(browser));
        FakeResponse withCode = stranger.ask(browser);
        BrowserApplication another = consentedTo();
        Tokens others = another.redeem(another.ask(browser));

        consents.revoke(caller(alice), stranger.id());

        assertThat(lapse.get(Admission.class).find(tokens.getAccessToken().getValue()))
                .isEmpty();
        assertInvalidGrant(() -> stranger.refresh(tokens));
        assertInvalidGrant(() -> stranger.redeem(withCode));
        assertThat(answerOf(stranger.askSilently(browser), "error")).contains("consent_required");
        assertThat(another.sessionOf(others)).isNotNull();
        assertThat(consents.of(caller(alice)))
                .extracting(given -> given.client().id())
                .contains(another.id())
                .doesNotContain(stranger.id());
    }

    @Test
    void nothingEndsIfTakingConsentBackFails() {
        BrowserApplication stranger = consentedTo();
        Tokens tokens = stranger.redeem(stranger.ask(browser));

        lapse.withFailingObserver(event -> event instanceof Administered, () -> assertThatThrownBy(
                        () -> consents.revoke(caller(alice), stranger.id()))
                .isInstanceOf(RuntimeException.class));

        assertThat(stranger.sessionOf(tokens)).isNotNull();
        assertThat(answerOf(stranger.askSilently(browser), "code")).isPresent();
    }

    @Test
    void consentThatWasNotGivenIsNotThereToTakeBack() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);

        assertThatThrownBy(() -> consents.revoke(caller(alice), stranger.id()))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.status())
                        .isEqualTo(404));
    }

    @Test
    void auditKnowsWhoConsentedToWhat() {
        BrowserApplication stranger = consentedTo();

        consents.revoke(caller(alice), stranger.id());

        assertThat(lapse.fired(Administered.class))
                .filteredOn(change -> change.entityId().equals(stranger.id())
                        && change.action().startsWith("consent."))
                .allMatch(change -> change.by().userId().orElseThrow().equals(alice.id()))
                .extracting(Administered::action)
                .containsExactly("consent.give", "consent.revoke");
    }

    @Test
    void formOfAnotherBrowserIsNoConsent() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);
        BrowserInJavaSE ofTheAttacker = new BrowserInJavaSE();
        FakeResponse page = stranger.fillIn(ofTheAttacker, stranger.ask(ofTheAttacker));

        FakeResponse refused = stranger.decide(browser, page, "allow");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(answerOf(stranger.askSilently(browser), "error")).contains("consent_required");
    }

    @Test
    void whoSignsInMeanwhileIsAskedThemselves() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);
        BrowserApplication desk = BrowserApplication.in(lapse, Duration.ofHours(1));
        FakeResponse askedAlice = stranger.ask(browser);
        desk.fillIn(browser, desk.ask(browser, Map.of("prompt", "login")), "bob@demo.example");

        FakeResponse refused = stranger.decide(browser, askedAlice, "allow");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("bob@demo.example");
    }

    @Test
    void pageThatComesAfterTheFreshPasswordIsAnsweredSoon() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);
        Map<String, String> fresh = Map.of("prompt", "login");
        FakeResponse page = stranger.fillIn(browser, stranger.ask(browser, fresh));
        assertThat(page.body()).contains("name=\"decision\"");

        lapse.clock().putForward(Duration.ofMinutes(6));
        FakeResponse tooLate = stranger.decide(browser, page, "allow");
        assertThat(tooLate.body()).contains("name=\"password\"");

        FakeResponse again = stranger.fillIn(browser, tooLate);
        assertThat(answerOf(stranger.decide(browser, again, "allow"), "code")).isPresent();
    }

    private BrowserApplication consentedTo() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);
        assertThat(answerOf(stranger.decide(browser, stranger.ask(browser), "allow"), "code"))
                .isPresent();
        return stranger;
    }

    private static Caller caller(User user) {
        return new Caller(user.organizationId(), "demo-desk", user.id(), user.username(), Set.of(), "a token");
    }

    private static void assertInvalidGrant(ThrowingCallable grant) {
        assertThatThrownBy(grant).isInstanceOfSatisfying(OAuthRefusal.class, refusal -> assertThat(
                        refusal.error().getCode())
                .isEqualTo("invalid_grant"));
    }
}
