package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import org.junit.jupiter.api.Test;

/** Sign-out that an application asks for: OpenID Connect RP-Initiated Logout 1.0. */
@OnServer
class SignOutIT {
    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Browser browser = new Browser(lapse);
    private final DemoDesk desk = new DemoDesk(lapse, browser);

    @Test
    void applicationWithItsIdTokenSignsTheUserOutAndGetsThemBack() {
        TokenHolder alice = desk.signIn("alice@demo.example");

        Answer back = browser.open("/logout?"
                + Form.of(
                                "id_token_hint", alice.tokens().idToken(),
                                "post_logout_redirect_uri", desk.redirectUri(),
                                "state", "a state")
                        .encoded());

        assertThat(back.location().toString()).startsWith(desk.redirectUri());
        assertThat(Form.ofQuery(back.location().getRawQuery()).value("state")).isEqualTo("a state");
        assertThat(alice.use()).isRefused(401, "bad.credentials");
        assertThat(new DemoDesk(lapse, browser).authorize().body()).contains("name=\"password\"");
    }

    @Test
    void signOutEndsAllSessionsOfTheBrowserAndNoOthers() {
        TokenHolder here = desk.signIn("alice@demo.example");
        DemoDesk second = new DemoDesk(lapse, browser);
        TokenHolder alsoHere = second.comeBack(second.authorize());
        TokenHolder elsewhere = lapse.signIn("alice@demo.example");

        browser.open(
                "/logout?" + Form.of("id_token_hint", here.tokens().idToken()).encoded());

        assertThat(here.use()).isRefused(401, "bad.credentials");
        assertThat(alsoHere.use()).isRefused(401, "bad.credentials");
        elsewhere.use().expect(200);
    }

    @Test
    void withoutAnIdTokenTheUserIsAskedFirst() {
        TokenHolder alice = desk.signIn("alice@demo.example");

        Answer question = browser.open("/logout");

        assertThat(question).hasStatus(200);
        alice.use().expect(200);
        browser.submit(question, Form.of()).expect(200);
        assertThat(alice.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void browserIsNotSentToAnAddressThatIsNotRegistered() {
        TokenHolder alice = desk.signIn("alice@demo.example");

        Answer page = browser.open("/logout?"
                + Form.of("id_token_hint", alice.tokens().idToken(), "post_logout_redirect_uri", "http://evil.example/")
                        .encoded());

        assertThat(page.header("Location")).isEmpty();
        assertThat(page.body()).contains("not registered").doesNotContain("evil.example");
        assertThat(alice.use()).isRefused(401, "bad.credentials");
    }

    @Test
    void idTokenOfSomebodyElseSignsNobodyOutWithoutAQuestion() {
        TokenHolder alice = desk.signIn("alice@demo.example");
        TokenHolder bob = lapse.signIn("bob@demo.example");

        Answer question = browser.open("/logout?"
                + Form.of("id_token_hint", bob.tokens().idToken(), "post_logout_redirect_uri", desk.redirectUri())
                        .encoded());

        assertThat(question).hasStatus(200);
        assertThat(question.body()).contains("<form");
        alice.use().expect(200);
        bob.use().expect(200);
    }

    @Test
    void olderIdTokenOfTheSameUserEndsThePresentSignIn() {
        String before = desk.signIn("alice@demo.example").tokens().idToken();
        browser.forgetCookies();
        DemoDesk second = new DemoDesk(lapse, browser);
        TokenHolder present = second.signIn("alice@demo.example");

        browser.open("/logout?" + Form.of("id_token_hint", before).encoded());

        assertThat(present.use()).isRefused(401, "bad.credentials");
        assertThat(new DemoDesk(lapse, browser).authorize().body()).contains("name=\"password\"");
    }

    @Test
    void formOfAnotherSiteSignsNobodyOut() {
        TokenHolder alice = desk.signIn("alice@demo.example");
        Answer question = browser.open("/logout");

        browser.post(question, Browser.hiddenFields(question).without("csrf"));

        alice.use().expect(200);
    }
}
