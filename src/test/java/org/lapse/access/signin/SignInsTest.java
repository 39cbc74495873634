package org.lapse.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.authenticator.AuthenticationMethods;
import org.lapse.organizations.authenticator.Enrolled;
import org.lapse.organizations.authenticator.SecondFactorsRemoved;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.FakeRequest;
import org.lapse.platform.api.FakeResponse;
import org.lapse.sessions.session.EndReason;

/** Sign-ins of users who changed since their password was checked. */
@OnBothDatabases
class SignInsTest {
    private static final String HASH = "the hash that was checked";

    private final LapseInJavaSE lapse;
    private final User user;

    SignInsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        UUID organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.user = new User(
                organizationId,
                UUID.randomUUID().toString(),
                "Somebody",
                HASH,
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(user));
    }

    @Test
    void userWhoseCheckStillHoldsIsSignedIn() {
        assertThat(signIn()).isPresent();
    }

    @Test
    void userWhoWasDisabledMeanwhileIsNot() {
        change("enabled = false");

        assertThat(signIn()).isEmpty();
    }

    @Test
    void userWhoHasAnotherPasswordMeanwhileIsNot() {
        change("passwordHash = 'another'");

        assertThat(signIn()).isEmpty();
    }

    @Test
    void userWhoHasASecondFactorMeanwhileIsNotSignedInByThePassword() {
        Enrolled somebody = Enrolled.somebody(lapse);
        somebody.withApp();

        assertThat(lapse.get(SignIns.class)
                        .signIn(somebody.user(), requestWith(null), new FakeResponse().asServletResponse()))
                .isEmpty();
    }

    @Test
    void signInAtTheSignInPageCountsWhatIsProvedNowAlone() {
        String before = withTwoFactors();

        assertThat(signIn(user, before).orElseThrow().authentication().methods())
                .isEqualTo(AuthenticationMethods.PASSWORD);
    }

    @Test
    void signInGoesOnWithItsTwoFactorsWhichBecomeNoYounger() {
        String before = withTwoFactors();
        SignIn known = lapse.get(SignIns.class).of(requestWith(before)).orElseThrow();
        lapse.clock().putForward(Duration.ofMinutes(20));

        Authentication after = goOn(known, before).orElseThrow().authentication();

        assertThat(after.methods().areTwoFactors()).isTrue();
        assertThat(after.at()).isAfter(known.authentication().at());
        assertThat(after.completeAt()).isEqualTo(known.authentication().completeAt());
    }

    @Test
    void signInThatIsOverDoesNotGoOn() {
        String before = withTwoFactors();
        SignIn known = lapse.get(SignIns.class).of(requestWith(before)).orElseThrow();
        lapse.get(SignIns.class).endOfUser(user.id(), EndReason.FORCED);

        assertThat(goOn(known, before)).isEmpty();
    }

    @Test
    void reloginCountsNoFactorThatWasRemovedSince() {
        String before = withTwoFactors();
        UUID id = lapse.get(SignIns.class).of(requestWith(before)).orElseThrow().id();
        assertThat(relogin(id).areTwoFactors()).isTrue();

        lapse.inTransaction(() -> lapse.fire(new SecondFactorsRemoved(user.id())));

        assertThat(relogin(id).areTwoFactors()).isFalse();
    }

    private AuthenticationMethods relogin(UUID id) {
        return lapse.get(SignIns.class)
                .after(id, AuthenticationMethods.PASSWORD, lapse.clock().now())
                .methods();
    }

    private Optional<SignIn> goOn(SignIn known, String cookie) {
        return lapse.get(SignIns.class).goOn(known, user, requestWith(cookie), new FakeResponse().asServletResponse());
    }

    /** The cookie of a browser in which the user has proved two factors. */
    private String withTwoFactors() {
        FakeResponse response = new FakeResponse();
        lapse.inTransaction(() -> {
            lapse.get(SignIns.class)
                    .signIn(
                            user,
                            AuthenticationMethods.passwordAndCode(),
                            requestWith(null),
                            response.asServletResponse());
        });
        return cookieOf(response);
    }

    @Test
    void signOutWithACookieThatAnotherTabHasJustReplacedEndsTheSignIn() {
        String before = cookieOf(signInWith(user, null));
        SignIn replaced = signIn(user, before).orElseThrow();

        lapse.get(SignIns.class).endOfBrowser(requestWith(before));

        assertThat(isOver(replaced)).isTrue();
    }

    @Test
    void soItDoesWhereAnotherUserHasSignedInThereMeanwhile() {
        User other = anotherUser();
        String before = cookieOf(signInWith(user, null));
        SignIn replaced = signIn(other, before).orElseThrow();

        lapse.get(SignIns.class).endOfBrowser(requestWith(before));

        assertThat(isOver(replaced)).isTrue();
    }

    @Test
    void signOutThatWaitsForAnotherTabEndsWhatThatHasBegun() throws SQLException {
        User other = anotherUser();
        String before = cookieOf(signInWith(user, null));
        AtomicReference<SignIn> begun = new AtomicReference<>();
        try (Strands strands = lapse.strands()) {
            Strand signingIn = strands.of(
                    "signing in", () -> begun.set(signIn(other, before).orElseThrow()));
            Strand signingOut =
                    strands.of("signing out", () -> lapse.get(SignIns.class).endOfBrowser(requestWith(before)));
            signingIn.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(signingOut.goOn()).isEqualTo(Strand.Place.BLOCKED);
            signingIn.finish();
            signingOut.finish();
        }
        assertThat(isOver(Objects.requireNonNull(begun.get()))).isTrue();
    }

    @Test
    void replacedCookieLetsNobodyInAndAfterAWhileSignsNobodyOut() {
        String before = cookieOf(signInWith(user, null));
        SignIn replaced = signIn(user, before).orElseThrow();

        assertThat(lapse.get(SignIns.class).of(requestWith(before))).isEmpty();
        lapse.clock().putForward(Duration.ofMinutes(1));
        lapse.get(SignIns.class).endOfBrowser(requestWith(before));

        assertThat(isOver(replaced)).isFalse();
    }

    @Test
    void twoTabsInWhichThePasswordIsGivenAtOnceAreOneSignIn() {
        String before = cookieOf(signInWith(user, null));

        SignIn first = signIn(user, before).orElseThrow();
        SignIn second = signIn(user, before).orElseThrow();

        assertThat(second.id()).isEqualTo(first.id());
    }

    private boolean isOver(SignIn signIn) {
        return lapse.inTransaction(() -> lapse.entities()
                .find(SignIn.class, signIn.id())
                .isOver(lapse.clock().now()));
    }

    private User anotherUser() {
        User other = new User(
                user.organizationId(),
                UUID.randomUUID().toString(),
                "Somebody else",
                HASH,
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(other));
        return other;
    }

    private static String cookieOf(FakeResponse response) {
        return response.cookies().stream()
                .filter(cookie -> cookie.getName().endsWith("lapse_sign_in"))
                .map(Cookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    private FakeResponse signInWith(User signingIn, @Nullable String cookie) {
        FakeResponse response = new FakeResponse();
        lapse.get(SignIns.class).signIn(signingIn, requestWith(cookie), response.asServletResponse());
        return response;
    }

    private Optional<SignIn> signIn(User signingIn, String cookie) {
        return lapse.get(SignIns.class).signIn(signingIn, requestWith(cookie), new FakeResponse().asServletResponse());
    }

    private static HttpServletRequest requestWith(@Nullable String cookie) {
        FakeRequest request = FakeRequest.of("POST", "/oauth/authorize");
        return (cookie == null ? request : request.withCookie("lapse_sign_in", cookie)).asServletRequest();
    }

    private void change(String assignment) {
        lapse.inTransaction(() -> lapse.entities()
                .createQuery("update User u set u." + assignment + " where u.id = :id")
                .setParameter("id", user.id())
                .executeUpdate());
    }

    private Optional<SignIn> signIn() {
        return lapse.get(SignIns.class)
                .signIn(
                        user,
                        FakeRequest.of("POST", "/oauth/authorize").asServletRequest(),
                        new FakeResponse().asServletResponse());
    }
}
