package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lapse.access.oauth.BrowserApplication.answerOf;
import static org.lapse.access.oauth.BrowserApplication.assertLoginRequired;

import com.nimbusds.oauth2.sdk.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.FakeResponse;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.openwork.Holds;
import org.lapse.sessions.session.ActivityRecorder;
import org.lapse.sessions.session.DeadlineEnforcement;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

/** What is opened without a person: from when it counts, and what it may follow. */
@OnBothDatabases
class SilentSessionsTest {
    private static final ApiCall CALL = new ApiCall("GET", "/api/v2/users/me");

    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SHORT_LIFE = Duration.ofMinutes(5);
    private static final Duration RENEWAL = Duration.ofMinutes(4);
    private static final Duration TICK = Duration.ofMillis(1);
    private static final String NO_ACTIVITY = "because there was no activity|nobody was active";

    private final LapseInJavaSE lapse;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();

    SilentSessionsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
    }

    @Test
    void whoOnlyRenewsSilentlyIsAskedAgainAfterTheTimeout() {
        BrowserApplication desk = application(SHORT_LIFE, TIMEOUT);
        Instant signedIn = desk.signIn(browser).lastActivity();
        for (int renewal = 1; renewal <= 2; renewal++) {
            pass(RENEWAL);
            LiveSession<SessionPrincipal> renewed = desk.enterSilently(browser);
            assertThat(renewed.lastActivity()).isEqualTo(signedIn);
            assertThat(renewed.inactiveAt()).contains(signedIn.plus(TIMEOUT));
        }

        pass(RENEWAL);
        assertLoginRequired(desk.askSilently(browser));
        assertThat(desk.ask(browser).body()).containsPattern(NO_ACTIVITY);
    }

    @Test
    void whoWorksIsRenewedSilentlyForAsLongAsTheyWork() {
        BrowserApplication desk = application(SHORT_LIFE, TIMEOUT);
        LiveSession<SessionPrincipal> session = desk.signIn(browser);
        for (int renewal = 1; renewal <= 20; renewal++) {
            pass(RENEWAL.minusSeconds(20));
            Instant used = use(session);
            pass(Duration.ofSeconds(20));
            session = desk.enterSilently(browser);
            assertThat(session.lastActivity()).isEqualTo(used);
        }
    }

    @Test
    void aUseOfASessionThatHasExpiredSinceStillCounts() {
        BrowserApplication desk = application(SHORT_LIFE, TIMEOUT);
        LiveSession<SessionPrincipal> first = desk.signIn(browser);
        pass(RENEWAL);
        desk.enterSilently(browser);
        pass(Duration.ofSeconds(50));
        Instant used = use(first);
        pass(RENEWAL);

        assertThat(desk.enterSilently(browser).lastActivity()).isEqualTo(used);
    }

    @Test
    void aUseOfASessionThatWasEndedSinceStillCounts() {
        BrowserApplication desk = application(DAY, TIMEOUT);
        LiveSession<SessionPrincipal> first = desk.signIn(browser);
        pass(Duration.ofSeconds(5));
        Instant used = use(first);
        lapse.get(Sessions.class).end(first.id(), EndReason.REVOKED);
        pass(RENEWAL);

        assertThat(desk.enterSilently(browser).lastActivity()).isEqualTo(used);
    }

    @Test
    void anotherApplicationIsEnteredWithTheUseOfTheFirst() {
        LiveSession<SessionPrincipal> first = application(DAY, TIMEOUT).signIn(browser);
        pass(RENEWAL);
        Instant used = use(first);
        pass(RENEWAL);

        BrowserApplication second = application(DAY, TIMEOUT);
        Tokens tokens = second.redeem(second.ask(browser));

        assertThat(second.sessionOf(tokens).lastActivity()).isEqualTo(used);
    }

    @Test
    void aCodeThatComesWhenTheTimeIsOverOpensNothing() {
        BrowserApplication desk = application(DAY, TIMEOUT);
        desk.signIn(browser);
        pass(TIMEOUT.minusSeconds(10));
        FakeResponse back = desk.askSilently(browser);
        pass(Duration.ofSeconds(10));

        assertThatThrownBy(() -> desk.redeem(back)).isInstanceOf(OAuthRefusal.class);
    }

    @Test
    void aCodeFromBeforeALapseOpensNothingAfterIt() {
        BrowserApplication desk = application(DAY, TIMEOUT);
        BrowserApplication console = application(DAY, TIMEOUT);
        desk.signIn(browser);
        LiveSession<SessionPrincipal> other = console.enterSilently(browser);
        pass(TIMEOUT.minusSeconds(10));
        use(other);
        FakeResponse back = desk.askSilently(browser);
        pass(Duration.ofSeconds(20));

        assertThatThrownBy(() -> desk.redeem(back)).isInstanceOf(OAuthRefusal.class);
    }

    @Test
    void refreshingIsNoUse() {
        BrowserApplication wallboard = BrowserApplication.in(lapse, SHORT_LIFE);
        BrowserApplication desk = application(DAY, TIMEOUT);
        Tokens tokens = wallboard.redeem(wallboard.fillIn(browser, wallboard.ask(browser)));
        Instant signedIn = wallboard.sessionOf(tokens).lastActivity();
        for (int refresh = 1; refresh <= 2; refresh++) {
            pass(RENEWAL);
            tokens = wallboard.refresh(tokens);
            assertThat(wallboard.sessionOf(tokens).lastActivity()).isEqualTo(signedIn);
        }
        pass(RENEWAL);

        assertLoginRequired(desk.askSilently(browser));
        assertThat(answerOf(wallboard.askSilently(browser), "code")).isPresent();
    }

    @Test
    void aSessionThatWaitedForItsRefreshKeepsItsLastUse() {
        BrowserApplication wallboard = BrowserApplication.in(lapse, SHORT_LIFE);
        Tokens tokens = wallboard.redeem(wallboard.fillIn(browser, wallboard.ask(browser)));
        pass(Duration.ofSeconds(5));
        Instant used = use(wallboard.sessionOf(tokens));
        pass(SHORT_LIFE);

        assertThat(wallboard.sessionOf(wallboard.refresh(tokens)).lastActivity())
                .isEqualTo(used);
    }

    @Test
    void whatWasAbandonedDoesNotLockOutWhoWorksInTheSameApplication() {
        BrowserApplication desk = application(DAY, TIMEOUT);
        desk.signIn(browser);
        LiveSession<SessionPrincipal> inUse = desk.enterSilently(browser);
        pass(TIMEOUT.minusSeconds(10));
        use(inUse);
        pass(Duration.ofSeconds(20));

        assertThat(answerOf(desk.askSilently(browser), "code")).isPresent();
        use(inUse);
        pass(Duration.ofSeconds(20));
        assertThat(answerOf(desk.askSilently(browser), "code")).isPresent();
    }

    @Test
    void theSameBeforeTheTimerHasComeRound() {
        BrowserApplication desk = application(DAY, TIMEOUT);
        desk.signIn(browser);
        LiveSession<SessionPrincipal> inUse = desk.enterSilently(browser);
        lapse.clock().putForward(TIMEOUT.minusSeconds(10));
        use(inUse);
        lapse.clock().putForward(Duration.ofSeconds(20));

        assertThat(answerOf(desk.askSilently(browser), "code")).isPresent();
    }

    @Test
    void useOfAnApplicationWithALongerTimeoutDoesNotRenewWhatLapsed() {
        BrowserApplication brief = application(DAY, TIMEOUT);
        BrowserApplication patient = application(DAY, HOUR);
        brief.signIn(browser);
        LiveSession<SessionPrincipal> inUse = patient.enterSilently(browser);
        pass(TIMEOUT.plusSeconds(10));
        use(inUse);

        assertLoginRequired(brief.askSilently(browser));
        assertThat(brief.ask(browser).body()).containsPattern(NO_ACTIVITY);
        assertThat(answerOf(patient.askSilently(browser), "code")).isPresent();
    }

    @Test
    void whatLapsedTogetherIsNotRenewed() {
        BrowserApplication brief = application(DAY, TIMEOUT);
        LiveSession<SessionPrincipal> inUse = application(DAY, HOUR).signIn(browser);
        brief.enterSilently(browser);
        brief.enterSilently(browser);
        pass(TIMEOUT);
        use(inUse);

        assertLoginRequired(brief.askSilently(browser));
    }

    @Test
    void whatAnAbandonedSessionLeftBehindIsNotRenewedThroughAnotherThatExpired() {
        BrowserApplication brief = application(DAY, TIMEOUT);
        LiveSession<SessionPrincipal> inUse = application(DAY, HOUR).signIn(browser);
        brief.enterSilently(browser);
        LiveSession<SessionPrincipal> closed = brief.enterSilently(browser);
        lapse.get(Sessions.class).end(closed.id(), EndReason.REVOKED);
        pass(TIMEOUT);
        use(inUse);

        assertLoginRequired(brief.askSilently(browser));
    }

    @Test
    void signingInAfterTheDeadlineIsEnoughHoweverLateTheTimerComesRound() {
        BrowserApplication desk = application(DAY, TIMEOUT);
        BrowserApplication other = application(DAY, TIMEOUT);
        desk.signIn(browser);
        lapse.clock().putForward(TIMEOUT.plus(TICK));
        other.signIn(browser);
        pass(TICK);

        assertThat(answerOf(desk.askSilently(browser), "code")).isPresent();
    }

    @Test
    void signingInElsewhereBeforeTheDeadlineDoesNotRenewWhatLapsesAfterwards() {
        BrowserApplication desk = application(DAY, TIMEOUT);
        BrowserApplication other = application(DAY, TIMEOUT);
        desk.signIn(browser);
        pass(TIMEOUT.minus(MINUTE)); // signing in takes some time by itself
        other.signIn(browser);
        pass(MINUTE);

        assertLoginRequired(desk.askSilently(browser));
    }

    @Test
    void whatWasLockedIsNotEnteredByTheNextRedirectUnlessSomebodyWorksThere() {
        BrowserApplication desk = application(DAY, TIMEOUT).thatLocks();
        desk.signIn(browser);
        LiveSession<SessionPrincipal> inUse = desk.enterSilently(browser);
        pass(TIMEOUT.minusSeconds(10));
        use(inUse);
        pass(Duration.ofSeconds(20));
        assertThat(answerOf(desk.askSilently(browser), "code")).isPresent();

        pass(TIMEOUT);
        assertLoginRequired(desk.askSilently(browser));
    }

    @Test
    void whatAnAdministratorLocksIsNotEnteredThroughAnEarlierUseOfAnother() {
        BrowserApplication desk = application(DAY, TIMEOUT);
        LiveSession<SessionPrincipal> locked = desk.signIn(browser);
        pass(TICK);
        LiveSession<SessionPrincipal> other = desk.enterSilently(browser);
        use(other);
        pass(TICK);
        lapse.get(Sessions.class).lock(List.of(locked.id()));
        pass(TICK);

        assertLoginRequired(desk.askSilently(browser));
        use(other);
        assertThat(answerOf(desk.askSilently(browser), "code")).isPresent();
    }

    @Test
    void openWorkIsAUse() {
        BrowserApplication desk = application(DAY, TIMEOUT);
        UUID held = desk.signIn(browser).id();
        Instant until = lapse.clock().now().plus(HOUR);
        lapse.inTransaction(() -> lapse.get(Sessions.class).hold(held, Optional.of(until)));
        pass(TIMEOUT.multipliedBy(2));

        assertThat(desk.enterSilently(browser).lastActivity())
                .isAfter(until.minus(HOUR).plus(TIMEOUT));
    }

    @Test
    void progressWithNobodyThereDoesNotOutliveItsMaximumThroughSilentRenewals() {
        assertProgressIsBounded(MINUTE.minusSeconds(1));
    }

    @Test
    void progressThatHasGapsDoesNotOutliveItsMaximumEither() {
        assertProgressIsBounded(MINUTE.multipliedBy(3));
    }

    /** A page shows progress again and again, and renews its session now and then. */
    private void assertProgressIsBounded(Duration pause) {
        BrowserApplication desk = application(DAY, TIMEOUT);
        LiveSession<SessionPrincipal> session = desk.signIn(browser);
        Instant limit =
                session.lastActivity().plus(lapse.get(Holds.class).maximum()).plus(TIMEOUT);
        for (int round = 1; lapse.clock().now().isBefore(limit); round++) {
            showProgress(session);
            lapse.clock().putForward(pause);
            if (round % 10 == 0 && answerOf(desk.askSilently(browser), "code").isPresent()) {
                session = desk.enterSilently(browser);
            }
        }

        pass(MINUTE);
        assertLoginRequired(desk.askSilently(browser));
    }

    @Test
    void whoWasThereBetweenTwoPiecesOfWorkHasTheWholeTimeForTheSecond() {
        BrowserApplication desk = application(DAY, TIMEOUT);
        LiveSession<SessionPrincipal> session = desk.signIn(browser);
        showProgress(session);
        Instant limit =
                lapse.clock().now().plus(lapse.get(Holds.class).maximum()).minus(MINUTE);
        while (lapse.clock().now().isBefore(limit)) {
            pass(MINUTE.multipliedBy(5));
            use(session);
        }

        Instant begun = lapse.clock().now();
        showProgress(session);

        assertThat(session.heldUntil())
                .hasValueSatisfying(until -> assertThat(until).isAfterOrEqualTo(begun.plus(MINUTE)));
    }

    private void showProgress(LiveSession<SessionPrincipal> session) {
        Caller caller = session.principal().caller("a token");
        lapse.get(Holds.class).showProgress(caller, session.id(), false);
    }

    private BrowserApplication application(Duration tokenValidity, Duration timeout) {
        return BrowserApplication.in(lapse, tokenValidity).withTimeout(timeout);
    }

    /** Time passes, and the timer comes round. */
    private void pass(Duration time) {
        lapse.clock().putForward(time);
        lapse.get(DeadlineEnforcement.class).settle(lapse.clock().now());
    }

    private Instant use(LiveSession<SessionPrincipal> session) {
        Instant now = lapse.clock().now();
        assertThat(lapse.get(ActivityRecorder.class).record(session, CALL, false, now))
                .isTrue();
        return now;
    }
}
