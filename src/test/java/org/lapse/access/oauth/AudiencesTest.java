package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lapse.access.oauth.BrowserApplication.answerOf;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.Tokens;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.FakeRequest;
import org.lapse.platform.api.FakeResponse;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.Admission;

/** For whom a token is: each API knows its own. */
@OnBothDatabases(configuration = "lapse.access-token.resources=https://orders.example,https://stock.example")
class AudiencesTest {
    private static final String ORDERS = "https://orders.example";
    private static final String STOCK = "https://stock.example";
    private static final String OURS = "http://localhost:8080";

    private final LapseInJavaSE lapse;
    private final BrowserApplication desk;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();

    AudiencesTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.desk = BrowserApplication.in(lapse, Duration.ofHours(1));
        desk.signIn(browser);
    }

    @Test
    void tokenIsForUsUnlessAnApiIsNamed() {
        Tokens tokens = desk.redeem(desk.ask(browser));

        assertThat(audienceOf(tokens)).containsExactly(OURS);
        assertThat(here(tokens)).isInstanceOf(Access.Granted.class);
    }

    @Test
    void tokenForAnApiIsNotTakenHere() {
        Tokens tokens = desk.redeem(desk.ask(browser, Map.of("resource", ORDERS)));

        assertThat(audienceOf(tokens)).containsExactly(ORDERS);
        assertThat(here(tokens)).isInstanceOf(Access.Refused.class);
    }

    @Test
    void tokenMayBeForUsAndAnApi() {
        Tokens tokens = desk.redeem(
                browser.open(desk.authorization(), desk.address(Map.of("resource", ORDERS)) + "&resource=" + OURS));

        assertThat(audienceOf(tokens)).containsExactly(OURS, ORDERS);
        assertThat(here(tokens)).isInstanceOf(Access.Granted.class);
    }

    @Test
    void apiIsRememberedByTheFormsOfThePages() {
        BrowserInJavaSE another = new BrowserInJavaSE();
        FakeResponse page =
                another.open(desk.authorization(), desk.address(Map.of("resource", ORDERS)) + "&resource=" + STOCK);

        assertThat(page.body())
                .contains("name=\"resource\" value=\"" + ORDERS + "\"", "name=\"resource\" value=\"" + STOCK + "\"");
    }

    @Test
    void unknownApiIsNoTarget() {
        assertThat(answerOf(desk.ask(browser, Map.of("resource", "https://unknown.example")), "error"))
                .contains("invalid_target");
    }

    @Test
    void codeGivesNoTokenForAnotherApi() {
        String code = codeFor(ORDERS);

        assertThatThrownBy(() -> desk.redeem(code, STOCK)).hasMessageStartingWith("invalid_target");

        assertThatThrownBy(() -> desk.redeem(code, OURS)).hasMessageStartingWith("invalid_target");

        assertThat(audienceOf(desk.redeem(codeFor(ORDERS), ORDERS))).containsExactly(ORDERS);
    }

    @Test
    void whoMayHaveATokenForTwoApisMayHaveOneForOneOfThem() {
        String code = answerOf(
                        browser.open(
                                desk.authorization(), desk.address(Map.of("resource", ORDERS)) + "&resource=" + OURS),
                        "code")
                .orElseThrow();

        assertThat(audienceOf(desk.redeem(code, ORDERS))).containsExactly(ORDERS);
    }

    @Test
    void apiMayBeNamedWhenTheTokenIsAskedFor() {
        String code = answerOf(desk.ask(browser), "code").orElseThrow();

        assertThat(audienceOf(desk.redeem(code, STOCK))).containsExactly(STOCK);
    }

    @Test
    void refreshKeepsTheAudience() {
        Tokens tokens = desk.redeem(codeFor(ORDERS), "");

        assertThatThrownBy(() -> desk.refreshFor(tokens, STOCK)).hasMessageStartingWith("invalid_target");

        assertThat(audienceOf(desk.refreshFor(tokens, ORDERS))).containsExactly(ORDERS);

        Tokens ours = desk.redeem(desk.ask(browser));
        assertThat(audienceOf(desk.refreshFor(ours, OURS))).containsExactly(OURS);
    }

    @Test
    void applicationOnItsOwnNamesAnApiToo() {
        Tokens tokens = lapse.get(TokenGrants.class)
                .giveToApplication(TokenRequests.demoService(lapse), Optional.empty(), ORDERS);

        assertThat(audienceOf(tokens)).containsExactly(ORDERS);
        assertThat(here(tokens)).isInstanceOf(Access.Refused.class);
    }

    @Test
    void consentIsGivenForTheApisThatThePageNames() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);
        stranger.decide(browser, stranger.ask(browser), "allow");
        assertThat(answerOf(stranger.askSilently(browser), "code")).isPresent();

        FakeResponse page = stranger.ask(browser, Map.of("resource", ORDERS));

        assertThat(page.header("Location")).isEmpty();
        assertThat(page.body()).contains("<li>" + ORDERS + "</li>").doesNotContain("<li>" + OURS);
        assertThat(silently(stranger, ORDERS, "error")).contains("consent_required");
        stranger.decide(browser, page, "allow");
        assertThat(silently(stranger, ORDERS, "code")).isPresent();
        assertThat(silently(stranger, STOCK, "error")).contains("consent_required");
        assertThat(answerOf(stranger.askSilently(browser), "code")).isPresent();
    }

    @Test
    void consentForAnotherApiIsNoneForOurOwn() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);
        stranger.decide(browser, stranger.ask(browser, Map.of("resource", ORDERS)), "allow");

        assertThat(silently(stranger, ORDERS, "code")).isPresent();
        assertThat(answerOf(stranger.askSilently(browser), "error")).contains("consent_required");
        assertThat(silently(stranger, OURS, "error")).contains("consent_required");
    }

    @Test
    void whoHasToAskTheUserNamesNoApiOnlyWhenTheTokenIsAskedFor() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);
        FakeResponse back = stranger.decide(browser, stranger.ask(browser), "allow");
        String code = answerOf(back, "code").orElseThrow();

        assertThatThrownBy(() -> stranger.redeem(code, ORDERS)).hasMessageStartingWith("invalid_target");

        assertThat(audienceOf(stranger.redeem(code, OURS))).containsExactly(OURS);
    }

    @Test
    void consentSaysForWhichApis() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse);
        stranger.decide(browser, stranger.ask(browser), "allow");
        assertThat(consentTo(stranger).audience()).containsExactly(OURS);

        stranger.decide(browser, stranger.ask(browser, Map.of("resource", ORDERS)), "allow");

        assertThat(consentTo(stranger).audience()).containsExactly(OURS, ORDERS);
    }

    @Test
    void whatIsTrustedNoMoreLosesWhatNobodyConsentedTo() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse, "openid");
        stranger.decide(browser, stranger.ask(browser), "allow");
        stranger.trust(true, "openid");
        Tokens ours = stranger.redeem(stranger.ask(browser));
        Tokens orders = stranger.redeem(stranger.ask(browser, Map.of("resource", ORDERS)));

        stranger.trust(false, "openid");

        assertThat(stranger.sessionOf(ours)).isNotNull();
        assertThat(lapse.get(Admission.class).find(orders.getAccessToken().getValue()))
                .isEmpty();
    }

    private Optional<String> silently(BrowserApplication stranger, String resource, String parameter) {
        return answerOf(stranger.ask(browser, Map.of("prompt", "none", "resource", resource)), parameter);
    }

    private ConsentBody consentTo(BrowserApplication stranger) {
        User alice = lapse.get(Users.class)
                .findByUsername(
                        lapse.get(Organizations.class)
                                .findByDomain("demo")
                                .orElseThrow()
                                .id(),
                        "alice@demo.example")
                .orElseThrow();
        Caller caller =
                new Caller(alice.organizationId(), "demo-desk", alice.id(), alice.username(), Set.of(), "a token");
        return lapse.get(Consents.class).of(caller).stream()
                .filter(consent -> consent.client().id().equals(stranger.id()))
                .findFirst()
                .orElseThrow();
    }

    private String codeFor(String resource) {
        return answerOf(desk.ask(browser, Map.of("resource", resource)), "code").orElseThrow();
    }

    private Access here(Tokens tokens) {
        return lapse.get(Admission.class)
                .admitHere(
                        tokens.getAccessToken().getValue(),
                        FakeRequest.of("GET", "/api/v2/users/me").asServletRequest());
    }

    private static List<String> audienceOf(Tokens tokens) {
        try {
            return SignedJWT.parse(tokens.getAccessToken().getValue())
                    .getJWTClaimsSet()
                    .getAudience();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
