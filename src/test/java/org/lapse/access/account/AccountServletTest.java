package org.lapse.access.account;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignIns;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.authenticator.AuthenticationMethods;
import org.lapse.organizations.authenticator.Enrolled;
import org.lapse.organizations.authenticator.SecondFactorPolicy;
import org.lapse.platform.api.FakeResponse;
import org.lapse.sessions.session.EndReason;

/** What a browser may do at the page of one's account once the password was given there again. */
@OnBothDatabases
class AccountServletTest {
    private static final String NEW_PASSWORD = "a sentence that nobody says, 7 times";

    private final LapseInJavaSE lapse;
    private final AccountServlet account;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();
    private final Enrolled somebody;

    AccountServletTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.account = lapse.get(AccountServlet.class);
        this.somebody = Enrolled.somebody(lapse);
        somebody.withApp();
        browser.open(new TwoFactors(), "/");
    }

    /** Signs somebody in with two factors. */
    private final class TwoFactors extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            lapse.inTransaction(() -> {
                lapse.get(SignIns.class)
                        .signIn(somebody.user(), AuthenticationMethods.passwordAndCode(), request, response);
            });
        }
    }

    private FakeResponse page() {
        FakeResponse page = browser.open(account, "/account/");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return page;
    }

    private FakeResponse post(FakeResponse page, String action, Map<String, String> filledIn) {
        Map<String, String> all = new HashMap<>(filledIn);
        all.put("action", action);
        return browser.submit(account, "/account/", page, all);
    }

    private FakeResponse changePassword(FakeResponse page) {
        return post(
                page,
                "password",
                Map.of("password", Enrolled.PASSWORD, "newPassword", NEW_PASSWORD, "newPasswordAgain", NEW_PASSWORD));
    }

    private static void assertSentTo(FakeResponse answer, String address) {
        assertThat(answer.header("Location")).as(answer.body()).hasValueSatisfying(location -> assertThat(location)
                .startsWith(address));
    }

    private static boolean setsASignIn(FakeResponse answer) {
        return answer.cookies().stream()
                .anyMatch(cookie -> cookie.getName().endsWith("lapse_sign_in") && cookie.getMaxAge() != 0);
    }

    @Test
    void signInGoesOnUnderAnotherCookieAfterAChangeOfThePassword() {
        FakeResponse changed = changePassword(page());

        assertSentTo(changed, "/account/?done=password");
        assertThat(setsASignIn(changed)).isTrue();
        page();
    }

    @Test
    void signInThatIsEndedWhileThePasswordIsChangedStaysOver() throws SQLException {
        FakeResponse page = page();
        AtomicReference<FakeResponse> answer = new AtomicReference<>();
        try (Strands strands = lapse.strands()) {
            Strand changing = strands.of("changing the password", () -> answer.set(changePassword(page)));
            changing.goOnTo(Strand.Place.AFTER_COMMIT);
            lapse.get(SignIns.class).endOfUser(somebody.user().id(), EndReason.FORCED);
            changing.finish();
        }

        FakeResponse changed = Objects.requireNonNull(answer.get());
        assertSentTo(changed, "/oauth/authorize");
        assertThat(setsASignIn(changed)).isFalse();
    }

    @Test
    void passwordAloneMakesNoTwoFactorsRecent() {
        lapse.clock().putForward(Duration.ofMinutes(6));
        FakeResponse confirmed = post(page(), "others", Map.of("password", Enrolled.PASSWORD));
        assertSentTo(confirmed, "/account/?done=others");

        FakeResponse refused = post(page(), "delete-app", Map.of());

        assertSentTo(refused, "/oauth/authorize");
        assertThat(lapse.get(SecondFactorPolicy.class).of(somebody.user().id()).totp())
                .isTrue();
    }

    @Test
    void twoFactorsThatAreRecentChangeThem() {
        assertSentTo(post(page(), "delete-app", Map.of()), "/account/?done=factors");

        assertThat(lapse.get(SecondFactorPolicy.class).of(somebody.user().id()).totp())
                .isFalse();
    }
}
