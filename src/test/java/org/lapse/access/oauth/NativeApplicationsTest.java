package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.platform.api.FakeResponse;

/** An application on the user's machine listens at a port that the machine gives out. */
@OnBothDatabases
class NativeApplicationsTest {
    private static final String PORT = "http://127.0.0.1:40123/callback";
    private static final String OTHER_PORT = "http://127.0.0.1:40124/callback";

    private final BrowserApplication application;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();

    NativeApplicationsTest(LapseInJavaSE lapse) {
        this.application = BrowserApplication.in(lapse, Duration.ofHours(1));
    }

    @BeforeEach
    void aliceIsSignedIn() {
        application.signIn(browser);
        application.alsoSendTo("http://127.0.0.1/callback");
    }

    @Test
    void codeComesBackToThePortThatWasAskedForAndIsRedeemedWithIt() {
        FakeResponse back = application.ask(browser, Map.of("redirect_uri", PORT));

        assertThat(back.header("Location"))
                .hasValueSatisfying(location -> assertThat(location).startsWith(PORT + "?"));
        assertThat(application.redeemAt(PORT, back).getAccessToken()).isNotNull();
    }

    @Test
    void codeOfOnePortIsNotRedeemedWithAnother() {
        FakeResponse back = application.ask(browser, Map.of("redirect_uri", PORT));

        OAuthRefusal refusal = catchThrowableOfType(OAuthRefusal.class, () -> application.redeemAt(OTHER_PORT, back));

        assertThat(refusal.error().getCode()).isEqualTo("invalid_grant");
    }

    @Test
    void nobodyIsSentToAnotherPathOfTheMachine() {
        FakeResponse page = application.ask(browser, Map.of("redirect_uri", "http://127.0.0.1:40123/other"));

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.header("Location")).isEmpty();
    }
}
