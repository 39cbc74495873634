package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.access.oauth.BrowserApplication.answerOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.Tokens;
import jakarta.persistence.LockModeType;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.lapse.access.relogin.PasskeyReloginResource;
import org.lapse.access.relogin.ReloginResource;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.authenticator.Enrolled;
import org.lapse.organizations.authenticator.OwnAuthenticators;
import org.lapse.organizations.authenticator.PasskeyOptions;
import org.lapse.organizations.authenticator.SoftAuthenticator;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.FakeResponse;
import org.lapse.platform.api.StrictJson;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.DeadlineEnforcement;
import org.lapse.sessions.session.SessionPrincipal;

/** Once a user's last second factor is removed, nothing that comes afterwards tells of two factors. */
@OnBothDatabases
class TwoFactorsRemovedTest {
    private static final ApiCall CALL =
            ApiCall.ofTarget("POST", "/api/v2/relogin").orElseThrow();

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final LapseInJavaSE lapse;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();
    private final Enrolled somebody;

    TwoFactorsRemovedTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.somebody = Enrolled.somebody(lapse);
    }

    private BrowserApplication desk() {
        return BrowserApplication.in(lapse, Duration.ofHours(8));
    }

    /** What the browser is answered after the password and the code of an app. */
    private FakeResponse signIn(BrowserApplication desk) {
        byte[] secret = somebody.withApp();
        FakeResponse page =
                desk.fillIn(browser, desk.ask(browser), somebody.user().username());
        return browser.submit(
                desk.authorization(),
                "/oauth/authorize",
                page,
                Map.of("step", "code", "code", somebody.codeOf(secret)));
    }

    private void removeFactor() {
        lapse.inTransaction(() -> lapse.get(OwnAuthenticators.class).deleteTotp(somebody.user(), ""));
    }

    private static String acr(Tokens tokens) {
        return acr(tokens.getAccessToken().getValue());
    }

    private static String acr(String accessToken) {
        return String.valueOf(claims(accessToken).getClaim("acr"));
    }

    private static JWTClaimsSet claims(String accessToken) {
        try {
            return SignedJWT.parse(accessToken).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refreshTokenOfBeforeCountsForOne() {
        BrowserApplication desk = desk();
        Tokens first = desk.redeem(signIn(desk));
        assertThat(acr(first)).isEqualTo("aal2");

        removeFactor();
        Tokens second = desk.refresh(first);
        Tokens third = desk.refresh(second);

        assertThat(acr(second)).isEqualTo("aal1");
        assertThat(acr(third)).isEqualTo("aal1");
        assertThat(claims(second.getAccessToken().getValue()).getClaim("amr")).isEqualTo(List.of("otp", "pwd"));
    }

    @Test
    void repeatedRefreshOfBeforeCountsForOne() {
        BrowserApplication desk = desk();
        Tokens first = desk.redeem(signIn(desk));
        assertThat(acr(desk.refresh(first))).isEqualTo("aal2");

        removeFactor();

        assertThat(acr(desk.refresh(first))).isEqualTo("aal1");
    }

    @Test
    void refreshTokensOfOthersGoOn() {
        BrowserApplication desk = desk();
        Tokens first = desk.redeem(signIn(desk));
        Enrolled another = Enrolled.somebody(lapse);
        another.withApp();

        lapse.inTransaction(() -> lapse.get(OwnAuthenticators.class).deleteTotp(another.user(), ""));

        assertThat(acr(desk.refresh(first))).isEqualTo("aal2");
    }

    @Test
    void codeOfBeforeCountsForOne() {
        BrowserApplication desk = desk();
        FakeResponse back = signIn(desk);

        removeFactor();
        Tokens tokens = desk.redeem(back);

        assertThat(answerOf(back, "code")).isPresent();
        assertThat(acr(tokens)).isEqualTo("aal1");
        assertThat(acr(desk.refresh(tokens))).isEqualTo("aal1");
    }

    @Test
    void newTokenOfAReloginThatMeetsTheRemovalCountsForOne() throws SQLException {
        BrowserApplication desk = desk().withTimeout(TIMEOUT).thatLocks();
        LiveSession<SessionPrincipal> session = desk.sessionOf(desk.redeem(signIn(desk)));
        lapseAway();
        AtomicReference<String> token = new AtomicReference<>();
        try (Strands strands = lapse.strands()) {
            Strand removal = strands.of("removal", this::removeFactor);
            Strand relogin = strands.of(
                    "re-login",
                    () -> inSession(
                            session,
                            () -> token.set(lapse.get(ReloginResource.class)
                                    .resume(new ReloginResource.ReloginRequest(Enrolled.PASSWORD, null, true))
                                    .accessToken())));
            removal.goOnTo(Strand.Place.BEFORE_COMMIT);
            relogin.goOnTo(Strand.Place.BLOCKED);
            removal.finish();
            relogin.finish();
            assertThat(relogin.failure()).isEmpty();
        }

        assertThat(acr(Objects.requireNonNull(token.get()))).isEqualTo("aal1");
    }

    @Test
    void reloginWithAPasskeyLocksTheApplicationBeforeTheUser() throws SQLException {
        BrowserApplication desk = desk().withTimeout(TIMEOUT).thatLocks();
        LiveSession<SessionPrincipal> session = desk.sessionOf(desk.redeem(
                desk.fillIn(browser, desk.ask(browser), somebody.user().username())));
        SoftAuthenticator authenticator = somebody.withPasskey();
        lapseAway();
        AtomicReference<PasskeyOptions.Request> options = new AtomicReference<>();
        inSession(
                session,
                () -> options.set(lapse.get(PasskeyReloginResource.class).ask()));
        Map<String, Object> answer = json(authenticator.get(Objects.requireNonNull(options.get())));
        UUID userId = somebody.user().id();
        try (Strands strands = lapse.strands()) {
            Strand application = strands.of(
                    "application",
                    () -> lapse.inTransaction(() -> lapse.entities()
                            .createQuery("select a.id from Application a where a.id = :id", String.class)
                            .setParameter("id", desk.id())
                            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                            .getResultList()));
            Strand relogin = strands.of(
                    "re-login",
                    () -> inSession(session, () -> lapse.get(PasskeyReloginResource.class)
                            .resume(new PasskeyReloginResource.PasskeyReloginRequest(answer, true))));
            Strand user = strands.of(
                    "user",
                    () -> lapse.inTransaction(() -> lapse.get(Users.class).lock(List.of(userId))));
            application.goOnTo(Strand.Place.BEFORE_COMMIT);
            relogin.goOnTo(Strand.Place.BLOCKED);
            user.goOnTo(Strand.Place.END);
            application.finish();
            relogin.finish();
            assertThat(relogin.failure()).isEmpty();
        }
    }

    private void lapseAway() {
        lapse.clock().putForward(TIMEOUT);
        lapse.get(DeadlineEnforcement.class).settle(lapse.clock().now());
    }

    private void inSession(LiveSession<SessionPrincipal> session, Runnable call) {
        lapse.inRequest(() -> {
            lapse.get(CurrentSession.class).identify(session, CALL, false);
            call.run();
        });
    }

    private static Map<String, Object> json(String text) {
        try {
            return StrictJson.mapper().readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
