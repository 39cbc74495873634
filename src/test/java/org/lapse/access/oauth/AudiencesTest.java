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
import org.junit.jupiter.api.Test;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
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
