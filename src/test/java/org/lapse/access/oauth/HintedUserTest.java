package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.access.oauth.BrowserApplication.answerOf;
import static org.lapse.access.oauth.BrowserApplication.assertLoginRequired;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.platform.api.FakeResponse;

/** Whom an application names by an ID token gets the answer, and nobody else; who may choose, anybody. */
@OnBothDatabases
class HintedUserTest {
    private static final String BOB = "bob@demo.example";

    private final LapseInJavaSE lapse;
    private final BrowserApplication application;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();
    private String ofAlice = "";

    HintedUserTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.application = BrowserApplication.in(lapse, Duration.ofHours(1));
    }

    @BeforeEach
    void aliceHasAnIdToken() {
        ofAlice = idTokenOf("alice@demo.example");
    }

    @Test
    void userWhoIsMeantComesBackWithACode() {
        application.signIn(browser);

        assertThat(answerOf(silently(ofAlice), "code")).isPresent();
    }

    @Test
    void hintThatHasExpiredStillNamesTheUser() {
        lapse.clock().putForward(Duration.ofHours(2));
        application.signIn(browser);

        assertThat(answerOf(silently(ofAlice), "code")).isPresent();
    }

    @Test
    void silentlyNobodyElseIsAnsweredFor() {
        application.signIn(browser);

        assertLoginRequired(silently(idTokenOf(BOB)));
    }

    @Test
    void somebodyElseIsAskedToSignInAndWhoIsNotMeantGetsNoCode() {
        application.signIn(browser);
        FakeResponse page = application.ask(browser, Map.of("id_token_hint", idTokenOf(BOB)));
        assertThat(page.status()).isEqualTo(200);

        assertLoginRequired(application.fillIn(browser, page));

        FakeResponse again = application.ask(browser, Map.of("id_token_hint", idTokenOf(BOB)));
        assertThat(answerOf(application.fillIn(browser, again, BOB), "code")).isPresent();
    }

    @Test
    void hintOfAnotherClientIsRefused() {
        application.signIn(browser);
        BrowserApplication other = BrowserApplication.in(lapse, Duration.ofHours(1));

        assertThat(answerOf(other.ask(browser, Map.of("id_token_hint", ofAlice, "prompt", "none")), "error"))
                .contains("invalid_request");
    }

    @Test
    void hintThatIsNoIdTokenOfOursIsRefused() {
        application.signIn(browser);
        String unsigned = ofAlice.substring(0, ofAlice.lastIndexOf('.') + 1);
        String accessToken = application
                .signIn("alice@demo.example", "openid")
                .getAccessToken()
                .getValue();

        for (String hint : new String[] {
            "invented", unsigned, unsigned + "AAAA", "e30." + ofAlice.split("\\.")[1] + ".", accessToken
        }) {
            assertThat(answerOf(silently(hint), "error")).as(hint).contains("invalid_request");
        }
    }

    @Test
    void whoIsAskedToChooseAnAccountMaySignInAsSomebodyElse() {
        application.signIn(browser);

        FakeResponse page = application.ask(browser, Map.of("prompt", "select_account"));
        FakeResponse back = application.fillIn(browser, page, BOB);

        assertThat(page.status()).isEqualTo(200);
        assertThat(application.sessionOf(application.redeem(back)).principal().name())
                .isEqualTo(BOB);
    }

    private FakeResponse silently(String hint) {
        return application.ask(browser, Map.of("id_token_hint", hint, "prompt", "none"));
    }

    private String idTokenOf(String username) {
        return application.signIn(username, "openid").toOIDCTokens().getIDTokenString();
    }
}
