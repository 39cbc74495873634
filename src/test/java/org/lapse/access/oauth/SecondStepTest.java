package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.access.oauth.BrowserApplication.answerOf;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.Tokens;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignInEvent;
import org.lapse.access.signin.SignIns;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.authenticator.AuthenticationMethods;
import org.lapse.organizations.authenticator.Enrolled;
import org.lapse.organizations.authenticator.OwnAuthenticators;
import org.lapse.organizations.authenticator.SoftAuthenticator;
import org.lapse.platform.api.FakeResponse;

/** Signing in with more than the password, or without it. */
@OnBothDatabases
class SecondStepTest {
    private static final String AUTHORIZE = "/oauth/authorize";
    private static final Pattern CHALLENGE = Pattern.compile("\"challenge\":\"([\\w-]+)\"");
    private static final Pattern RECOVERY_CODE = Pattern.compile("[A-Z2-7]{4}(-[A-Z2-7]{4}){5}");
    private static final Pattern SECRET = Pattern.compile("secret=([A-Z2-7]+)&");

    private final LapseInJavaSE lapse;
    private final BrowserApplication desk;
    private final PasskeyOptionsServlet options;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();
    private final Enrolled somebody;

    SecondStepTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.desk = BrowserApplication.in(lapse, Duration.ofHours(1));
        this.options = lapse.get(PasskeyOptionsServlet.class);
        this.somebody = Enrolled.somebody(lapse);
    }

    private FakeResponse password() {
        return password(Map.of());
    }

    private FakeResponse password(Map<String, String> more) {
        return desk.fillIn(browser, desk.ask(browser, more), somebody.user().username());
    }

    private FakeResponse step(FakeResponse page, String step, Map<String, String> filledIn) {
        Map<String, String> all = new java.util.HashMap<>(filledIn);
        all.put("step", step);
        return browser.submit(desk.authorization(), AUTHORIZE, page, all);
    }

    private FakeResponse code(FakeResponse page, String code) {
        return step(page, "code", Map.of("code", code));
    }

    private String challenge(FakeResponse page, String step) {
        FakeResponse answer = browser.submit(options, "/oauth/passkey", page, Map.of("step", step));
        assertThat(answer.status()).isEqualTo(200);
        Matcher challenge = CHALLENGE.matcher(answer.body());
        assertThat(challenge.find()).isTrue();
        return challenge.group(1);
    }

    private FakeResponse passkey(FakeResponse page, String step, SoftAuthenticator authenticator) {
        return step(page, step, Map.of("credential", authenticator.get("localhost", challenge(page, step))));
    }

    private static JWTClaimsSet claims(Tokens tokens) {
        try {
            return SignedJWT.parse(tokens.getAccessToken().getValue()).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static String secretOn(FakeResponse page) {
        Matcher secret = SECRET.matcher(page.body().replace("&amp;", "&").replace("&#x3D;", "="));
        assertThat(secret.find()).isTrue();
        return secret.group(1);
    }

    private static void assertSignedIn(FakeResponse back) {
        assertThat(answerOf(back, "code")).as(back.body()).isPresent();
    }

    private static void assertNotSignedIn(FakeResponse page) {
        assertThat(page.header("Location")).isEmpty();
        assertThat(page.cookies())
                .noneMatch(cookie -> cookie.getName().equals("lapse_sign_in") && cookie.getMaxAge() != 0);
    }

    private long signInsTold() {
        return lapse.fired(SignInEvent.SignedIn.class).stream()
                .filter(event -> event.user().id().equals(somebody.user().id()))
                .count();
    }

    @Test
    void passwordAloneIsOneFactor() {
        assertThat(claims(desk.redeem(password())).getClaims())
                .containsEntry("acr", "aal1")
                .containsEntry("amr", List.of("pwd"));
    }

    @Test
    void userWithAnAppIsAskedForItsCode() {
        byte[] secret = somebody.withApp();

        FakeResponse page = password();
        assertNotSignedIn(page);
        assertThat(signInsTold()).isZero();
        FakeResponse back = code(page, somebody.codeOf(secret));

        assertThat(claims(desk.redeem(back)).getClaims())
                .containsEntry("acr", "aal2")
                .containsEntry("amr", List.of("mfa", "otp", "pwd"));
        assertThat(signInsTold()).isOne();
    }

    @Test
    void codeThatOneBrowserHasUsedSignsNoOtherIn() {
        byte[] secret = somebody.withApp();
        String code = somebody.codeOf(secret);
        assertSignedIn(code(password(), code));
        BrowserInJavaSE other = new BrowserInJavaSE();
        FakeResponse page = desk.fillIn(other, desk.ask(other), somebody.user().username());

        FakeResponse refused =
                other.submit(desk.authorization(), AUTHORIZE, page, Map.of("step", "code", "code", code));

        assertThat(refused.status()).isEqualTo(400);
        assertNotSignedIn(refused);
    }

    @Test
    void codeWithoutThePasswordSignsNobodyIn() {
        byte[] secret = somebody.withApp();
        FakeResponse signInPage = desk.ask(browser);

        FakeResponse refused = code(signInPage, somebody.codeOf(secret));

        assertThat(refused.status()).isEqualTo(400);
        assertNotSignedIn(refused);
    }

    @Test
    void passwordIsAskedForAgainAfterTooManyWrongCodes() {
        byte[] secret = somebody.withApp();
        FakeResponse page = password();
        for (int i = 0; i < 5; i++) {
            assertNotSignedIn(code(page, "nonsense"));
        }
        lapse.clock().putForward(Duration.ofMinutes(1));

        assertNotSignedIn(code(page, somebody.codeOf(secret)));
    }

    @Test
    void passwordCountsForTenMinutes() {
        byte[] secret = somebody.withApp();
        FakeResponse page = password();
        lapse.clock().putForward(Duration.ofMinutes(10));

        assertNotSignedIn(code(page, somebody.codeOf(secret)));
    }

    @Test
    void passkeyIsASecondFactorThatNeedNotAskItsUser() {
        SoftAuthenticator authenticator = somebody.withPasskey();
        authenticator.askNobody();

        FakeResponse back = passkey(password(), "second-passkey", authenticator);

        assertThat(claims(desk.redeem(back)).getClaims())
                .containsEntry("acr", "aal2")
                .containsEntry("amr", List.of("mfa", "pop", "pwd", "user"));
    }

    @Test
    void passkeyAloneSignsIn() {
        SoftAuthenticator authenticator = somebody.withPasskey();

        FakeResponse back = passkey(desk.ask(browser), "passkey", authenticator);

        assertThat(claims(desk.redeem(back)).getClaims())
                .containsEntry("sub", somebody.user().id().toString())
                .containsEntry("acr", "aal2")
                .containsEntry("amr", List.of("mfa", "pop", "user"));
    }

    @Test
    void passkeyAnswerOfAnotherBrowserIsRefused() {
        SoftAuthenticator authenticator = somebody.withPasskey();
        BrowserInJavaSE other = new BrowserInJavaSE();
        FakeResponse theirs = desk.ask(other);
        String answer = authenticator.get("localhost", challenge(desk.ask(browser), "passkey"));

        FakeResponse refused =
                other.submit(desk.authorization(), AUTHORIZE, theirs, Map.of("step", "passkey", "credential", answer));

        assertThat(refused.status()).isEqualTo(400);
        assertNotSignedIn(refused);
    }

    @Test
    void applicationThatAsksForTwoFactorsGetsThem() {
        assertSignedIn(password());
        assertThat(answerOf(desk.ask(browser, Map.of("prompt", "none", "acr_values", "aal2")), "error"))
                .contains("login_required");
        byte[] secret = somebody.withApp();
        assertSignedIn(desk.askSilently(browser));

        FakeResponse back = code(password(Map.of("acr_values", "aal2")), somebody.codeOf(secret));

        assertSignedIn(back);
        assertSignedIn(desk.ask(browser, Map.of("prompt", "none", "acr_values", "aal2")));
    }

    @Test
    void twoFactorsThatWereRemovedSinceAreOneAtTheNextSignIn() {
        byte[] secret = somebody.withApp();
        assertSignedIn(code(password(), somebody.codeOf(secret)));

        lapse.inTransaction(() -> lapse.get(OwnAuthenticators.class).deleteTotp(somebody.user(), ""));

        assertThat(claims(desk.redeem(desk.askSilently(browser))).getClaims()).containsEntry("acr", "aal1");
        assertThat(claims(desk.redeem(password(Map.of("prompt", "login")))).getClaims())
                .containsEntry("acr", "aal1")
                .containsEntry("amr", List.of("pwd"));
    }

    @Test
    void passwordAloneMakesTwoFactorsNoYounger() {
        byte[] secret = somebody.withApp();
        JWTClaimsSet first = claims(desk.redeem(code(password(), somebody.codeOf(secret))));
        lapse.clock().putForward(Duration.ofMinutes(20));
        UUID signIn = lapse.inTransaction(() -> lapse.entities()
                .createQuery("select s.id from SignIn s where s.userId = :user", UUID.class)
                .setParameter("user", somebody.user().id())
                .getSingleResult());

        lapse.get(SignIns.class)
                .reauthenticated(
                        signIn, AuthenticationMethods.PASSWORD, lapse.clock().now());

        assertThat(claims(desk.redeem(desk.askSilently(browser))).getClaims())
                .containsEntry("acr", "aal2")
                .containsEntry("auth_time", first.getClaim("auth_time"));
        assertThat(answerOf(
                        desk.ask(browser, Map.of("prompt", "none", "acr_values", "aal2", "max_age", "600")), "error"))
                .contains("login_required");
    }

    @Test
    void userWhoMustHaveASecondFactorSetsOneUpAtTheSignIn() {
        FakeResponse page = password(Map.of("acr_values", "aal2"));
        assertNotSignedIn(page);
        String secret = secretOn(page);

        FakeResponse refused = step(page, "new-app", Map.of("code", "nonsense"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(secretOn(refused)).isEqualTo(secret);
        FakeResponse codes = step(refused, "new-app", Map.of("code", somebody.codeOf(Enrolled.decoded(secret))));

        assertThat(RECOVERY_CODE.matcher(codes.body()).results()).hasSize(10);
        FakeResponse back = step(codes, "continue", Map.of());
        assertThat(claims(desk.redeem(back)).getClaims()).containsEntry("acr", "aal2");
    }

    @Test
    void secretOfAnAppIsShownToTheBrowserThatBeganItAlone() {
        String thief = secretOn(password(Map.of("acr_values", "aal2")));
        BrowserInJavaSE own = new BrowserInJavaSE();
        FakeResponse page = desk.fillIn(
                own,
                desk.ask(own, Map.of("acr_values", "aal2")),
                somebody.user().username());

        String secret = secretOn(page);
        assertThat(secret).isNotEqualTo(thief);
        FakeResponse refused =
                own.submit(desk.authorization(), AUTHORIZE, page, Map.of("step", "new-app", "code", "nonsense"));
        assertThat(secretOn(refused)).isEqualTo(secret);
        String code = somebody.codeOf(Enrolled.decoded(thief));
        assertNotSignedIn(
                own.submit(desk.authorization(), AUTHORIZE, refused, Map.of("step", "new-app", "code", code)));
    }

    @Test
    void secretThatAnotherBrowserBeganIsNotConfirmed() {
        FakeResponse thief = password(Map.of("acr_values", "aal2"));
        BrowserInJavaSE own = new BrowserInJavaSE();
        String secret = secretOn(desk.fillIn(
                own,
                desk.ask(own, Map.of("acr_values", "aal2")),
                somebody.user().username()));

        String code = somebody.codeOf(Enrolled.decoded(secret));

        assertNotSignedIn(step(thief, "new-app", Map.of("code", code)));
    }

    @Test
    void nobodyGetsAroundASecondFactorBySettingUpAnother() {
        somebody.withApp();
        FakeResponse page = password();

        FakeResponse refused = step(page, "new-app", Map.of("code", "123456"));

        assertThat(refused.status()).isEqualTo(400);
        assertNotSignedIn(refused);
    }

    @Test
    void recoveryCodeTakesThePlaceOfWhatIsLost() {
        somebody.withPasskey();
        String recovery = somebody.withRecoveryCodes().get(3);

        FakeResponse back = code(password(), recovery);

        assertThat(claims(desk.redeem(back)).getClaims()).containsEntry("amr", List.of("mfa", "otp", "pwd"));
    }

    @Test
    void challengesAreForFormsOfOursAlone() {
        FakeResponse page = desk.ask(new BrowserInJavaSE());

        assertThat(browser.submit(options, "/oauth/passkey", page, Map.of("step", "passkey"))
                        .status())
                .isEqualTo(403);
        assertThat(browser.submit(options, "/oauth/passkey", desk.ask(browser), Map.of("step", "second-passkey"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void refreshedTokensSayWhatTheFirstOnesSaid() {
        byte[] secret = somebody.withApp();
        Tokens first = desk.redeem(code(password(), somebody.codeOf(secret)));
        lapse.clock().putForward(Duration.ofMinutes(30));

        JWTClaimsSet refreshed = claims(desk.refresh(first));

        assertThat(refreshed.getClaim("amr")).isEqualTo(claims(first).getClaim("amr"));
        assertThat(refreshed.getClaim("auth_time")).isEqualTo(claims(first).getClaim("auth_time"));
    }

    @Test
    void disabledUserGetsNoSecondStep() {
        byte[] secret = somebody.withApp();
        FakeResponse page = password();
        UUID id = somebody.user().id();
        lapse.inTransaction(() -> lapse.entities()
                .createQuery("update User u set u.enabled = false where u.id = :id")
                .setParameter("id", id)
                .executeUpdate());

        assertNotSignedIn(code(page, somebody.codeOf(secret)));
    }
}
