package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.ApiException;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.session.ActivityRecorder;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionEvents;
import org.lapse.sessions.session.Sessions;

/** An application that opens session after session of its user takes room from itself alone. */
@OnBothDatabases(configuration = {"lapse.limit.sessions-of-user-in-application=3", "lapse.limit.sessions-of-user=5"})
class SessionsMakeRoomTest {
    private static final ApiCall CALL = new ApiCall("GET", "/api/v2/users/me");
    private static final int MOST = 3;
    private static final int MOST_OF_ALL = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final LapseInJavaSE lapse;
    private final Sessions sessions;
    private final UUID organizationId;
    private final TokenRequests stranger;
    private final TokenRequests desk;
    private User user;
    private SignIn signIn;

    SessionsMakeRoomTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.sessions = lapse.get(Sessions.class);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.stranger = application();
        this.desk = TokenRequests.of(lapse, "demo-desk");
        this.user = user();
        this.signIn = SignInFixture.persisted(lapse, user);
    }

    @BeforeEach
    void somebodyElseIsSignedIn() {
        user = user();
        signIn = SignInFixture.persisted(lapse, user);
    }

    @Test
    void oneMoreOfTheSameSignInTakesThePlaceOfTheOneThatWasUsedLongestAgo() {
        TokenRequests.Given first = open(stranger);
        TokenRequests.Given second = open(stranger);
        open(stranger);
        use(first);

        TokenRequests.Given fourth = open(stranger);

        assertThat(live()).hasSize(MOST).contains(first.sessionId(), fourth.sessionId());
        assertThat(sessions.find(second.sessionId()))
                .hasValueSatisfying(ended -> assertThat(ended.endReason()).isEqualTo(EndReason.REPLACED));
        assertThat(lapse.get(Admission.class).find(second.accessToken())).isEmpty();
        assertThat(lapse.fired(SessionEvents.class))
                .flatExtracting(SessionEvents::events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                SessionEvent.SessionEnded.class,
                                ended -> assertThat(ended.session().id()).isEqualTo(second.sessionId())));
    }

    @Test
    void whoSitsAtTheDeskIsNotShutOutByAnotherApplication() {
        for (int i = 0; i < 4 * MOST_OF_ALL; i++) {
            open(stranger);
        }

        TokenRequests.Given atTheDesk = open(desk);

        assertThat(live()).hasSize(MOST + 1).contains(atTheDesk.sessionId());
    }

    @Test
    void sessionOfAnotherSignInMakesNoRoom() {
        open(stranger);
        open(stranger);
        open(stranger);
        List<UUID> before = live();

        SignIn elsewhere = SignInFixture.persisted(lapse, user);
        Throwable refusal = catchThrowable(() -> stranger.redeem(stranger.code(elsewhere)));

        assertRefusedForAWhile(refusal);
        assertThat(live()).containsExactlyInAnyOrderElementsOf(before);
        desk.redeem(desk.code(elsewhere));
    }

    @Test
    void whoHasAllThatTheyMayHaveIsSentAwayForAWhileOnly() {
        open(stranger);
        open(stranger);
        open(stranger);
        open(desk);
        open(desk);

        TokenRequests another = application();
        assertRefusedForAWhile(catchThrowable(() -> open(another)));

        open(desk); // has one that makes room
        assertThat(live()).hasSize(MOST_OF_ALL);
    }

    @Test
    void ofTwoThatAreOpenedAtOnceNoneIsOneTooMany() throws SQLException {
        TokenRequests.Given first = open(stranger);
        TokenRequests.Given second = open(stranger);
        open(stranger);
        String one = stranger.code(signIn);
        String other = stranger.code(signIn);

        try (Strands strands = lapse.strands()) {
            Strand opening = strands.of("opening", () -> stranger.redeem(one));
            Strand alsoOpening = strands.of("also opening", () -> stranger.redeem(other));
            opening.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(alsoOpening.goOn()).isEqualTo(Strand.Place.BLOCKED);
            opening.finish();
            assertThat(alsoOpening.goOnTo(Strand.Place.END).failure()).isEmpty();
        }

        assertThat(live()).hasSize(MOST).doesNotContain(first.sessionId(), second.sessionId());
    }

    @Test
    void refreshOfTheOneThatMakesRoomWaitsAndIsRefused() throws SQLException {
        TokenRequests.Given first = open(stranger);
        open(stranger);
        open(stranger);
        String code = stranger.code(signIn);
        String refresh = Objects.requireNonNull(first.refreshToken(), "No inactivity timeout applies");

        try (Strands strands = lapse.strands()) {
            Strand opening = strands.of("opening", () -> stranger.redeem(code));
            Strand refreshing = strands.of("refreshing", () -> stranger.refresh(refresh));
            opening.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(refreshing.goOn()).isEqualTo(Strand.Place.BLOCKED);
            opening.finish();
            assertThat(refreshing.goOnTo(Strand.Place.END).failure())
                    .hasValueSatisfying(thrown ->
                            assertThat(TokenRequests.isRefusal(thrown)).isTrue());
        }

        assertThat(live()).hasSize(MOST).doesNotContain(first.sessionId());
    }

    private TokenRequests.Given open(TokenRequests application) {
        lapse.clock().putForward(Duration.ofSeconds(1));
        return application.redeem(application.code(signIn));
    }

    private void use(TokenRequests.Given given) {
        lapse.clock().putForward(Duration.ofSeconds(1));
        lapse.get(ActivityRecorder.class)
                .record(
                        lapse.get(Admission.class).find(given.accessToken()).orElseThrow(),
                        CALL,
                        false,
                        lapse.clock().now());
    }

    private List<UUID> live() {
        return sessions.liveOfUser(user.id()).stream().map(Session::id).toList();
    }

    private static void assertRefusedForAWhile(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(429);
            assertThat(Long.parseLong(refusal.headers().getOrDefault("Retry-After", "0")))
                    .isBetween(1L, LONGEST_WAIT.toSeconds());
        });
    }

    private TokenRequests application() {
        return TokenRequests.of(
                lapse, BrowserApplication.in(lapse, Duration.ofHours(1)).id());
    }

    private User user() {
        User made = new User(
                organizationId,
                UUID.randomUUID().toString(),
                "Somebody",
                null,
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(made));
        return made;
    }
}
