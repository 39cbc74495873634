package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.Tokens;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.FakeResponse;
import org.lapse.platform.api.Permission;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.Sessions;

/** What a token may do: of all that its holder may do what its scope stands for. */
@OnBothDatabases
class ScopesTest {
    private static final String ADMIN = "admin@demo.example";

    private final LapseInJavaSE lapse;
    private final BrowserApplication desk;

    ScopesTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.desk = BrowserApplication.in(lapse, Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid", "openid profile email", "openid payments"})
    void whoSignsInGivesNoAdministrationAway(String scope) {
        Caller caller = caller(desk.signIn(ADMIN, scope));

        assertThat(caller.permissions()).isEmpty();
        for (Permission permission : Permission.values()) {
            assertScopeIsMissing(() -> caller.require(permission), permission.wireName());
        }
    }

    @Test
    void scopeOfEverythingGivesAllThatTheUserMayDo() {
        assertThat(caller(desk.signIn(ADMIN, "openid all")).permissions()).isEqualTo(Permission.all());
        assertThat(caller(desk.signIn("alice@demo.example", "openid all")).permissions())
                .isEmpty();
    }

    @Test
    void scopeLeavesWhatItStandsForAndNoMore() {
        Caller caller = caller(desk.signIn(ADMIN, "audits oauth:client:view"));

        assertThat(caller.permissions()).containsExactlyInAnyOrder("audits:audit:view", "oauth:client:view");
        assertThatCode(() -> caller.require(Permission.AUDITS_AUDIT_VIEW)).doesNotThrowAnyException();
        assertScopeIsMissing(() -> caller.require(Permission.OAUTH_CLIENT_EDIT), "oauth:client:edit");
        assertScopeIsMissing(() -> caller.mustHoldAll(Set.of("audits:audit:view", "directory:user:add")), "directory");
    }

    @Test
    void scopeGivesNobodyAPermission() {
        Caller caller = caller(desk.signIn("alice@demo.example", "directory:user:edit"));

        assertThatThrownBy(() -> caller.require(Permission.DIRECTORY_USER_EDIT))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("missing.permissions"));
    }

    @Test
    void applicationThatNobodyTrustsGetsNoScopeOfEverything() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse, "openid", "directory");
        BrowserInJavaSE browser = new BrowserInJavaSE();
        Map<String, String> everything = Map.of("scope", "openid all directory oauth");

        Tokens tokens = stranger.redeem(
                stranger.decide(browser, stranger.fillIn(browser, stranger.ask(browser, everything), ADMIN), "allow"));

        assertThat(scopeOf(tokens)).isEqualTo("openid directory");
        assertThat(caller(tokens).permissions())
                .isNotEmpty()
                .allMatch(permission -> permission.startsWith("directory:"));
    }

    @Test
    void refreshGivesNoMoreThanTheCodeGave() {
        Tokens tokens = desk.signIn(ADMIN, "openid audits");

        assertThatThrownBy(() -> desk.refresh(tokens, "openid audits directory"))
                .hasMessageStartingWith("invalid_scope");

        Tokens next = desk.refresh(tokens, "openid audits");
        assertThat(scopeOf(next)).isEqualTo("openid audits");
        assertThat(caller(next).permissions()).containsExactly("audits:audit:view");
    }

    @Test
    void refreshThatAsksForLessIsGivenLess() {
        Tokens tokens = desk.signIn(ADMIN, "openid all");

        Tokens less = desk.refresh(tokens, "audits");

        assertThat(scopeOf(less)).isEqualTo("audits");
        assertThat(caller(less).permissions()).containsExactly("audits:audit:view");
        assertThat(desk.sessionOf(less).principal().scope()).isEqualTo("audits");
        assertThat(lapse.inTransaction(() -> lapse.get(Sessions.class)
                        .find(desk.sessionOf(less).id())
                        .orElseThrow()
                        .tokenScope()))
                .as("what a server knows that starts now")
                .isEqualTo("audits");

        Tokens all = desk.refresh(less);

        assertThat(scopeOf(all)).isEqualTo("openid all");
        assertThat(caller(all).permissions()).isEqualTo(Permission.all());
        assertThat(lapse.get(Admission.class).find(less.getAccessToken().getValue()))
                .as("the token of less scope, which would have more now")
                .isEmpty();
    }

    @Test
    void applicationThatIsTrustedNoMoreIsNotGivenEverythingAgain() {
        Tokens tokens = desk.signIn(ADMIN, "openid all");

        desk.trust(false, "openid");

        assertThatThrownBy(() -> desk.refresh(tokens)).hasMessageStartingWith("invalid_grant");
        assertThat(lapse.get(Admission.class).find(tokens.getAccessToken().getValue()))
                .isEmpty();
    }

    @Test
    void trustThatIsLostLeavesWhatUsersHaveConsentedTo() {
        Tokens without = desk.signIn(ADMIN, "openid");
        BrowserInJavaSE browser = new BrowserInJavaSE();
        FakeResponse page = desk.fillIn(
                browser, desk.ask(browser, Map.of("scope", "openid", "prompt", "consent")), "alice@demo.example");
        Tokens with = desk.redeem(desk.decide(browser, page, "allow"));

        desk.trust(false);

        assertThat(lapse.get(Admission.class).find(without.getAccessToken().getValue()))
                .isEmpty();
        assertThat(lapse.get(Admission.class).find(with.getAccessToken().getValue()))
                .isPresent();
    }

    @Test
    void scopeThatIsTakenAwayEndsWhatHasIt() {
        desk.trust(true, "openid", "audits");
        Tokens more = desk.signIn(ADMIN, "openid audits");
        Tokens less = desk.signIn(ADMIN, "openid");

        desk.trust(true, "openid");

        assertThat(lapse.get(Admission.class).find(more.getAccessToken().getValue()))
                .isEmpty();
        assertThat(lapse.get(Admission.class).find(less.getAccessToken().getValue()))
                .isPresent();
    }

    @Test
    void codeThatWasGivenOnTrustIsVoidOnceThatIsLost() {
        BrowserInJavaSE browser = new BrowserInJavaSE();
        FakeResponse back = desk.fillIn(browser, desk.ask(browser, Map.of("scope", "openid")), ADMIN);

        desk.trust(false);

        assertThatThrownBy(() -> desk.redeem(back)).hasMessageStartingWith("invalid_grant");
    }

    @Test
    void applicationOnItsOwnMayAskForLess() {
        Client service = TokenRequests.demoService(lapse);
        TokenGrants grants = lapse.get(TokenGrants.class);

        Tokens all = grants.giveToApplication(service, Optional.empty(), "");
        Tokens less = grants.giveToApplication(service, Optional.of("audits"), "");

        assertThat(scopeOf(all)).isEqualTo("all");
        assertThat(caller(all).permissions()).isEqualTo(Permission.all());
        assertThat(scopeOf(less)).isEqualTo("audits");
        assertThat(caller(less).permissions()).containsExactly("audits:audit:view");
    }

    private static String scopeOf(Tokens tokens) {
        String told = tokens.getAccessToken().getScope().toString();
        try {
            assertThat(SignedJWT.parse(tokens.getAccessToken().getValue())
                            .getJWTClaimsSet()
                            .getStringClaim("scope"))
                    .isEqualTo(told);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
        return told;
    }

    private Caller caller(Tokens tokens) {
        String token = tokens.getAccessToken().getValue();
        return lapse.get(Admission.class).find(token).orElseThrow().principal().caller(token);
    }

    private static void assertScopeIsMissing(ThrowingCallable call, String scope) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("insufficient.scope"))
                .hasMessageContaining(scope);
    }
}
