package org.lapse.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.access.oauth.TokenRequests;
import org.lapse.access.oauth.TokenRequests.Given;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.insight.oversight.SessionsResource;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.directory.User;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.LedgerProjection;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionState;
import org.lapse.sessions.session.Sessions;
import org.lapse.sessions.session.TokensResource;

/** What codes and refresh tokens give while others use the same ones, or end and lock the session. */
@OnBothDatabases(configuration = {World.CODE_LIFETIME, World.REFRESH_LIFETIME})
class RefreshTest {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int TURNS = 6;

    private final LapseInJavaSE lapse;
    private final World world;
    private final Admission admission;
    private final Sessions sessions;
    private final TokenRequests client;
    private final User user;
    private final SignIn signIn;
    private Strands strands;

    RefreshTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.world = new World(lapse);
        this.admission = lapse.get(Admission.class);
        this.sessions = lapse.get(Sessions.class);
        this.client = TokenRequests.of(lapse, world.application(false));
        this.user = new User(
                world.organizationId(),
                UUID.randomUUID().toString(),
                "Somebody",
                null,
                lapse.clock().now());
        this.signIn = lapse.inTransaction(() -> {
            lapse.entities().persist(user);
            lapse.entities().flush();
            return SignInFixture.persisted(lapse, user);
        });
        this.strands = lapse.strands();
    }

    @BeforeEach
    void beginStrands() {
        strands = lapse.strands();
    }

    @AfterEach
    void endStrands() throws SQLException {
        strands.close();
    }

    @Test
    void twoWhoRefreshAtTheSameMomentAreGivenTheSameTokensTurnAfterTurn() throws SQLException {
        Given given = open();
        UUID sessionId = given.sessionId();
        List<String> all = new ArrayList<>(List.of(given.accessToken()));
        for (int turn = 0; turn < TURNS; turn++) {
            List<Given> both = refreshAtTheSameMoment(refreshToken(given));
            assertThat(both).hasSize(2);
            assertThat(both.get(0)).isEqualTo(both.get(1));
            given = both.get(0);
            assertThat(given.sessionId()).isEqualTo(sessionId);
            assertThat(admission.access(given.accessToken())).isInstanceOf(Access.Granted.class);
            all.add(given.accessToken());
        }
        assertThat(all).doesNotHaveDuplicates();

        sessions.endOfUser(user.id(), EndReason.FORCED);

        assertThat(all).allSatisfy(token -> assertThat(admission.access(token)).isInstanceOf(Access.Refused.class));
        assertRefused(refreshToken(given));
    }

    private List<Given> refreshAtTheSameMoment(String refreshToken) throws SQLException {
        ConcurrentLinkedQueue<Given> both = new ConcurrentLinkedQueue<>();
        try (Strands turn = lapse.strands()) {
            Strand first = turn.of("first", () -> both.add(client.refresh(refreshToken)));
            Strand second = turn.of("second", () -> both.add(client.refresh(refreshToken)));
            first.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(second.goOn()).isEqualTo(Strand.Place.BLOCKED);
            first.finish();
            second.finish();
        }
        return List.copyOf(both);
    }

    @Test
    void callsUnderWayWithTheTokenBeforePassAndLaterOnesDoNot() {
        Given first = open();
        client.refresh(refreshToken(first));
        assertThat(admission.access(first.accessToken())).isInstanceOf(Access.Granted.class);

        lapse.clock().putForward(GRACE);

        assertThat(admission.access(first.accessToken())).isInstanceOf(Access.Refused.class);
    }

    @Test
    void whoComesLaterWithinTheGraceIsGivenWhatIsPresent() {
        Given first = open();
        Given second = client.refresh(refreshToken(first));
        Given third = client.refresh(refreshToken(second));

        Given late = client.refresh(refreshToken(first));

        assertThat(late.sessionId()).isEqualTo(third.sessionId());
        assertThat(late).isEqualTo(third);
        assertThat(admission.access(late.accessToken())).isInstanceOf(Access.Granted.class);
    }

    @Test
    void spentRefreshTokenAfterTheGraceEndsTheSession() {
        Given first = open();
        Given second = client.refresh(refreshToken(first));
        lapse.clock().putForward(GRACE);

        assertRefused(refreshToken(first));

        assertEnded(first.sessionId(), EndReason.REVOKED);
        assertThat(admission.access(second.accessToken())).isInstanceOf(Access.Refused.class);
        assertRefused(refreshToken(second));
    }

    @Test
    void successorThatAThirdPartyHasSpentEndsTheSessionWhenTheOwnerComesAfterTheGrace() {
        Given first = open();
        Given owners = client.refresh(refreshToken(first));
        Given thiefs = client.refresh(refreshToken(owners));
        lapse.clock().putForward(GRACE);

        assertRefused(refreshToken(owners));

        assertEnded(first.sessionId(), EndReason.REVOKED);
        assertThat(admission.access(thiefs.accessToken())).isInstanceOf(Access.Refused.class);
        assertRefused(refreshToken(thiefs));
    }

    @Test
    void refreshThatCommitsBeforeAllTokensAreDeletedGivesNothingAfterwards() {
        Given given = open();
        ConcurrentLinkedQueue<Given> refreshed = new ConcurrentLinkedQueue<>();
        Strand refreshing = strands.of("refreshing", () -> refreshed.add(client.refresh(refreshToken(given))));
        Strand deleting = strands.of("deleting", this::deleteAllTokens);

        refreshing.goOnTo(Strand.Place.BEFORE_COMMIT);
        assertThat(deleting.goOn()).isEqualTo(Strand.Place.BLOCKED);
        refreshing.goOnTo(Strand.Place.AFTER_COMMIT);
        deleting.finish();
        refreshing.finish();

        assertEnded(given.sessionId(), EndReason.FORCED);
        assertThat(refreshed).singleElement().satisfies(next -> assertThat(admission.access(next.accessToken()))
                .isInstanceOf(Access.Refused.class));
        assertRefused(refreshToken(refreshed.element()));
    }

    @Test
    void refreshThatWaitsForTheDeletionOfAllTokensIsRefused() {
        Given given = open();
        Strand deleting = strands.of("deleting", this::deleteAllTokens);
        Strand refreshing = strands.of("refreshing", () -> client.refresh(refreshToken(given)));

        deleting.goOnTo(Strand.Place.BEFORE_COMMIT);
        assertThat(refreshing.goOn()).isEqualTo(Strand.Place.BLOCKED);
        deleting.finish();
        assertThat(refreshing.goOnTo(Strand.Place.END).failure()).get().matches(TokenRequests::isRefusal);

        assertThat(admission.access(given.accessToken())).isInstanceOf(Access.Refused.class);
    }

    @Test
    void lockedSessionHasNoGoodTokenThoughOneWasRefreshedMeanwhile() {
        Given given = open();
        ConcurrentLinkedQueue<Given> refreshed = new ConcurrentLinkedQueue<>();
        Strand refreshing = strands.of("refreshing", () -> refreshed.add(client.refresh(refreshToken(given))));

        refreshing.goOnTo(Strand.Place.AFTER_COMMIT);
        world.request(() -> lapse.get(SessionsResource.class)
                .lock(new SessionsResource.Chosen(List.of(given.sessionId())), world.administrator()));
        refreshing.finish();

        List<Given> all = List.of(given, refreshed.element());
        assertThat(all).allSatisfy(each -> assertThat(admission.access(each.accessToken()))
                .isNotInstanceOf(Access.Granted.class));
        lapse.get(LedgerProjection.class).catchUp(lapse.clock().now());
        assertThat(all).allSatisfy(each -> assertThat(admission.access(each.accessToken()))
                .isInstanceOf(Access.Locked.class));
        assertRefused(refreshToken(refreshed.element()));
    }

    @Test
    void codeThatIsRedeemedWhileAllTokensAreDeletedOpensNothingThatIsLeftOut() {
        String code = client.code(signIn);
        ConcurrentLinkedQueue<Given> opened = new ConcurrentLinkedQueue<>();
        Strand redeeming = strands.of("redeeming", () -> opened.add(client.redeem(code)));
        Strand deleting = strands.of("deleting", this::deleteAllTokens);

        redeeming.goOnTo(Strand.Place.BEFORE_COMMIT);
        assertThat(deleting.goOn()).isEqualTo(Strand.Place.BLOCKED);
        redeeming.goOnTo(Strand.Place.AFTER_COMMIT);
        deleting.finish();
        redeeming.finish();

        assertEnded(opened.element().sessionId(), EndReason.FORCED);
        assertThat(admission.access(opened.element().accessToken())).isInstanceOf(Access.Refused.class);
    }

    /** What was missed for a moment is read, and has ended when the ledger is told of what was read. */
    @Test
    void sessionThatEndsWhileItsRowIsReadDoesNotComeBack() {
        open(); // reads the signing key, in a transaction of its own
        String code = client.code(signIn);
        ConcurrentLinkedQueue<Given> opened = new ConcurrentLinkedQueue<>();
        Strand opening = strands.of("opening", () -> opened.add(client.redeem(code)));
        Strand reading = strands.of("reading", () -> lapse.get(LedgerProjection.class)
                .catchUp(lapse.clock().now()));
        opening.goOnTo(Strand.Place.AFTER_COMMIT);

        lapse.inTransaction(() -> {
            sessions.lockUser(user.id()); // which the reading needs, once it has read the row
            assertThat(reading.goOn()).isEqualTo(Strand.Place.BLOCKED);
            opening.finish();
            strands.of("ending", () -> sessions.end(opened.element().sessionId(), EndReason.REVOKED))
                    .finish();
        });
        reading.finish();

        assertThat(admission.access(opened.element().accessToken())).isInstanceOf(Access.Refused.class);
        assertThat(admission.find(opened.element().sessionId())).isEmpty();
    }

    @Test
    void refreshTokenIsGoodThoughTheTimerHasNotComeRoundToItsExpiredAccessToken() {
        Given given = open();
        lapse.clock().putForward(Duration.ofSeconds(World.TOKEN_SECONDS));
        assertThat(admission.access(given.accessToken())).isInstanceOf(Access.Refused.class);

        Given next = client.refresh(refreshToken(given));

        assertThat(admission.access(next.accessToken())).isInstanceOf(Access.Granted.class);
    }

    private Given open() {
        return client.redeem(client.code(signIn));
    }

    private void deleteAllTokens() {
        world.request(() -> {
            lapse.get(TokensResource.class).endOfUser(user.id(), world.administrator());
            return true;
        });
    }

    private static String refreshToken(Given given) {
        return Objects.requireNonNull(given.refreshToken());
    }

    private void assertRefused(String refreshToken) {
        assertThatThrownBy(() -> client.refresh(refreshToken)).matches(TokenRequests::isRefusal);
    }

    private void assertEnded(UUID sessionId, EndReason reason) {
        assertThat(sessions.find(sessionId))
                .get()
                .returns(SessionState.ENDED, Session::state)
                .returns(reason, Session::endReason);
    }
}
