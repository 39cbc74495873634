package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;
import static org.lapse.sessions.ledger.LedgerFixture.USE;
import static org.lapse.sessions.ledger.SessionLedger.Outcome.APPLIED;
import static org.lapse.sessions.ledger.SessionLedger.Outcome.INCOMPLETE;
import static org.lapse.sessions.ledger.SessionLedger.Outcome.OUTDATED;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger as what the database says of each session, in whatever order it is told. */
class ProjectionTest {
    private static final Instant INACTIVE_AT = START.plus(TIMEOUT);
    private static final Instant EXPIRES_AT = START.plus(LIFE);
    private static final Instant LATER_END = EXPIRES_AT.plus(LIFE);
    private static final Instant GOOD_UNTIL = START.plusSeconds(10);
    private static final UUID ID = LedgerFixture.id("one");

    private final SharedTimeout halfAnHour = SharedTimeout.of(Optional.of(TIMEOUT));
    private final SharedTimeout anHour = SharedTimeout.of(Optional.of(TIMEOUT.multipliedBy(2)));
    private final Map<String, String> renamed = new HashMap<>();
    private final Map<String, SharedTimeout> timeouts = new HashMap<>();

    private final SessionLedger<String> ledger = new SessionLedger<>(START, new SessionPrincipals<>() {
        @Override
        public String latest(String principal, long version) {
            return renamed.getOrDefault(principal, principal);
        }

        @Override
        public SharedTimeout timeoutOf(String principal) {
            return timeouts.getOrDefault(principal, halfAnHour);
        }
    });

    private final Row opened = Row.opened("one", 10, "A");
    private final Row renewed = opened.renewed(20, "B", LATER_END, GOOD_UNTIL);

    private SessionLedger.Outcome apply(CommittedState<String> status) {
        return ledger.apply(status, START);
    }

    private LiveSession<String> session() {
        return ledger.find(ID).orElseThrow();
    }

    private Optional<LiveSession<String>> find(String token) {
        return ledger.find(token, START);
    }

    // Versions

    @Test
    void sessionIsKnownAsItsRowSays() {
        Instant until = START.plusSeconds(60);
        assertThat(apply(
                        opened.used(10, START.plusSeconds(1), 7).held(10, until).whole()))
                .isEqualTo(APPLIED);

        assertThat(find("A")).containsSame(session());
        assertThat(session().version()).isEqualTo(10);
        assertThat(session().principal()).isEqualTo("principal of one");
        assertThat(session().timeout()).isSameAs(halfAnHour);
        assertThat(session().lastActivity()).isEqualTo(START.plusSeconds(1));
        assertThat(session().lastUse()).isEqualTo(7);
        assertThat(session().heldUntil()).contains(until);
        assertThat(session().expiresAt()).isEqualTo(EXPIRES_AT);
        assertThat(ledger.size()).isOne();
    }

    static Stream<CommittedState<String>> earlier() {
        Row row = Row.opened("one", 15, "older");
        return Stream.of(row.whole(), row.live(), row.locked(15).whole(), Row.lock("one", 15), Row.over("one", 15));
    }

    @ParameterizedTest
    @MethodSource("earlier")
    void whatIsEarlierThanWhatIsKnownChangesNothing(CommittedState<String> status) {
        apply(renewed.whole());

        assertThat(apply(status)).isEqualTo(status instanceof CommittedState.Live<String> ? INCOMPLETE : OUTDATED);

        assertThat(find("B")).containsSame(session());
        assertThat(find("older")).isEmpty();
        assertThat(session().version()).isEqualTo(20);
        assertThat(session().status(START)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(ledger.locked()).isZero();
    }

    @ParameterizedTest
    @MethodSource("earlier")
    void whatIsEarlierThanTheEndDoesNotUndoIt(CommittedState<String> status) {
        apply(Row.over("one", 20));

        assertThat(apply(status)).isEqualTo(OUTDATED);

        assertThat(ledger.size()).isZero();
        assertThat(find("older")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("earlier")
    void whatIsEarlierAndSettledNeedsNoRow(CommittedState<String> status) {
        apply(renewed.whole());
        ledger.settled(15);

        assertThat(apply(status)).isEqualTo(OUTDATED);

        assertThat(find("B")).containsSame(session());
        assertThat(find("older")).isEmpty();
    }

    @Test
    void endThatComesAfterALaterChangeIsIgnored() {
        apply(opened.whole());
        apply(renewed.whole());

        assertThat(apply(Row.over("one", 15))).isEqualTo(OUTDATED);
        assertThat(find("B")).isPresent();
    }

    @Test
    void sessionThatWasOverComesBackWithALaterChange() {
        apply(opened.whole());
        apply(Row.over("one", 15));
        assertThat(find("A")).isEmpty();

        assertThat(apply(renewed.live())).isEqualTo(INCOMPLETE);
        assertThat(apply(renewed.whole())).isEqualTo(APPLIED);

        assertThat(find("B")).containsSame(session());
        assertThat(apply(Row.over("one", 15))).isEqualTo(OUTDATED);
    }

    @Test
    void sameChangeTwiceIsNoOther() {
        apply(opened.whole());
        LiveSession<String> session = session();
        session.recordActivity(START.plusSeconds(5), USE);

        assertThat(apply(opened.whole())).isEqualTo(APPLIED);

        assertThat(session()).isSameAs(session);
        assertThat(session.lastActivity()).isEqualTo(START.plusSeconds(5));
        assertThat(session.lastUse()).isEqualTo(USE);
        assertThat(ledger.size()).isOne();
    }

    @Test
    void whatIsGoneIsForgottenWhenEveryEarlierChangeHasCome() {
        apply(Row.over("one", 20));
        apply(Row.over("two", 21));

        ledger.settled(20);

        assertThat(apply(opened.whole())).isEqualTo(APPLIED);
        assertThat(apply(Row.opened("two", 19, "C").whole())).isEqualTo(OUTDATED);
    }

    @Test
    void whatIsSettledIsNotRememberedAsGone() {
        ledger.settled(20);
        ledger.settled(5);
        apply(Row.over("one", 20));

        assertThat(apply(opened.whole())).isEqualTo(APPLIED);
    }

    @Test
    void lockOfAnUnknownSessionNeedsItsRow() {
        assertThat(apply(Row.lock("one", 20))).isEqualTo(INCOMPLETE);
        assertThat(apply(opened.whole())).isEqualTo(OUTDATED);
        assertThat(ledger.size()).isZero();

        assertThat(apply(opened.locked(20).whole())).isEqualTo(APPLIED);
        assertThat(session().status(START)).isEqualTo(SessionStatus.LOCKED);
        assertThat(ledger.locked()).isOne();
    }

    @Test
    void changeOfAnUnknownSessionThatDoesNotSayItsPrincipalNeedsItsRowAndUndoesWhatIsEarlier() {
        assertThat(apply(renewed.locked(20).live())).isEqualTo(INCOMPLETE);
        assertThat(apply(opened.whole())).isEqualTo(OUTDATED);
        assertThat(ledger.size()).isZero();

        assertThat(apply(renewed.locked(20).whole())).isEqualTo(APPLIED);
        assertThat(session().status(START)).isEqualTo(SessionStatus.LOCKED);
    }

    @Test
    void rowWhoseTokenHasExpiredIsNotKnownAndNeitherIsAnEarlierOne() {
        Row shorter = opened.renewed(20, "B", START, START);

        assertThat(apply(shorter.whole())).isEqualTo(APPLIED);
        assertThat(ledger.size()).isZero();
        apply(opened.whole());
        assertThat(ledger.size()).isZero();
        assertThat(find("A")).isEmpty();
    }

    @Test
    void lockThatComesAfterAChangeThatIsNotKnownHoldsAndNeedsTheRow() {
        apply(opened.whole());

        assertThat(apply(Row.lock("one", 30, 20))).isEqualTo(INCOMPLETE);
        assertThat(session().status(START)).isEqualTo(SessionStatus.LOCKED);

        assertThat(apply(renewed.locked(30).whole())).isEqualTo(APPLIED);
        assertThat(find("B")).containsSame(session());
    }

    // What a later change has not touched

    @Test
    void renewalThatComesAfterALaterLockIsKnownFromTheRow() {
        apply(opened.whole());
        apply(Row.lock("one", 30));

        assertThat(apply(renewed.live())).isEqualTo(INCOMPLETE);

        assertThat(find("A")).containsSame(session());
        assertThat(find("B")).isEmpty();
        assertThat(session().status(START)).isEqualTo(SessionStatus.LOCKED);
        assertThat(session().expiresAt()).isEqualTo(EXPIRES_AT);

        assertThat(apply(renewed.locked(30).whole())).isEqualTo(APPLIED);

        assertThat(find("B")).containsSame(session());
        assertThat(session().status(EXPIRES_AT)).isEqualTo(SessionStatus.LOCKED);
        assertThat(session().expiresAt()).isEqualTo(LATER_END);
        assertThat(session().version()).isEqualTo(30);
        assertThat(ledger.locked()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sessionThatExpiredBeforeItsRowWasReadIsLockedWithTheTokenOfTheRow(boolean beforeItsLock) {
        timeouts.put("principal of one", LedgerFixture.never());
        apply(opened.whole());
        if (beforeItsLock) {
            session().status(EXPIRES_AT);
        }
        apply(Row.lock("one", 30));
        assertThat(session().status(EXPIRES_AT)).isEqualTo(SessionStatus.EXPIRED);

        ledger.apply(renewed.live(), EXPIRES_AT);
        assertThat(session().status(EXPIRES_AT)).isEqualTo(SessionStatus.EXPIRED);

        ledger.apply(renewed.locked(30).whole(), EXPIRES_AT);

        assertThat(ledger.find("B", EXPIRES_AT)).containsSame(session());
        assertThat(session().status(EXPIRES_AT)).isEqualTo(SessionStatus.LOCKED);
        assertThat(ledger.locked()).isOne();
        assertThat(ledger.takePassed(LATER_END, ALL)).hasSize(1);
    }

    @Test
    void onlyANewerVersionUnlocks() {
        apply(opened.whole());
        apply(Row.lock("one", 30));

        apply(opened.used(30, START.plusSeconds(5), 7).live());
        assertThat(session().status(START)).isEqualTo(SessionStatus.LOCKED);

        apply(opened.used(31, START.plusSeconds(5), 7).live());
        assertThat(session().status(START)).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void earlierUseDoesNotReviveAnInactiveSession() {
        apply(renewed.whole());
        session().status(INACTIVE_AT);

        assertThat(ledger.apply(opened.used(15, INACTIVE_AT.minus(TICK), 7).live(), INACTIVE_AT))
                .isEqualTo(INCOMPLETE);

        assertThat(session().status(INACTIVE_AT)).isEqualTo(SessionStatus.INACTIVE);
    }

    @Test
    void principalThatComesAfterALaterChangeWithoutOneIsKnownFromTheRow() {
        Row later = renewed.renewed(30, "C", LATER_END, GOOD_UNTIL);
        apply(opened.whole());
        apply(later.live());

        assertThat(apply(renewed.withPrincipal(20, "another").whole())).isEqualTo(INCOMPLETE);
        assertThat(session().principal()).isEqualTo("principal of one");

        assertThat(apply(later.withPrincipal(30, "another").whole())).isEqualTo(APPLIED);

        assertThat(session().principal()).isEqualTo("another");
        assertThat(find("C")).containsSame(session());
    }

    // Tokens

    @Test
    void formerTokenIsGoodUntilItsTimeIsOver() {
        apply(opened.whole());
        apply(renewed.live());

        assertThat(ledger.find("B", LATER_END)).containsSame(session());
        assertThat(ledger.find("A", GOOD_UNTIL.minus(TICK))).containsSame(session());
        assertThat(ledger.find("A", GOOD_UNTIL)).isEmpty();
        assertThat(session().expiresAt()).isEqualTo(LATER_END);
        assertThat(ledger.size()).isOne();
    }

    @Test
    void formerTokenIsForgottenBySweepsWhenItsTimeIsOver() {
        apply(opened.whole());
        apply(renewed.live());

        ledger.takePassed(GOOD_UNTIL.minus(TICK), ALL);
        assertThat(find("A")).containsSame(session());

        ledger.takePassed(GOOD_UNTIL, ALL);
        assertThat(find("A")).isEmpty();
        assertThat(find("B")).containsSame(session());
    }

    @Test
    void formerTokenThatIsOverIsNotKnown() {
        apply(opened.whole());
        ledger.apply(renewed.live(), GOOD_UNTIL);

        assertThat(find("A")).isEmpty();
        assertThat(find("B")).isPresent();
    }

    @Test
    void tokenThatIsNotSaidToBeGoodIsNotKnown() {
        apply(opened.whole());
        apply(Row.opened("one", 20, "B").live());

        assertThat(find("A")).isEmpty();
        assertThat(find("B")).isPresent();
    }

    @Test
    void sessionThatIsNewHereHasItsFormerTokenToo() {
        apply(renewed.whole());

        assertThat(ledger.find("A", GOOD_UNTIL.minus(TICK))).containsSame(session());
        assertThat(ledger.find("A", GOOD_UNTIL)).isEmpty();
    }

    @Test
    void sessionHasOneFormerTokenAtTheMost() {
        apply(opened.whole());
        apply(renewed.live());
        apply(renewed.renewed(30, "C", LATER_END, GOOD_UNTIL).live());

        assertThat(find("A")).isEmpty();
        assertThat(find("B")).containsSame(find("C").orElseThrow());
        ledger.takePassed(GOOD_UNTIL, ALL);
        assertThat(find("B")).isEmpty();
    }

    @Test
    void formerTokenIsKnownAlsoIfItsOwnRenewalWasSkipped() {
        apply(opened.whole());
        apply(renewed.renewed(30, "C", LATER_END, GOOD_UNTIL).live());
        assertThat(apply(renewed.live())).isEqualTo(INCOMPLETE);

        assertThat(find("A")).isEmpty();
        assertThat(find("B")).containsSame(session());
        assertThat(find("C")).containsSame(session());
        assertThat(ledger.find("B", GOOD_UNTIL)).isEmpty();
    }

    @Test
    void endTakesBothTokens() {
        apply(opened.whole());
        apply(renewed.live());
        apply(Row.over("one", 30));

        assertThat(find("A")).isEmpty();
        assertThat(find("B")).isEmpty();
        ledger.takePassed(LATER_END, ALL);
        apply(Row.opened("two", 31, "A").whole());
        assertThat(find("A").map(LiveSession::id)).contains(LedgerFixture.id("two"));
    }

    @Test
    void lockReachesBothTokens() {
        apply(opened.whole());
        apply(renewed.live());
        apply(Row.lock("one", 30));

        for (String token : List.of("A", "B")) {
            assertThat(find(token).map(found -> found.status(START))).contains(SessionStatus.LOCKED);
        }
    }

    @Test
    void lockedSessionThatGetsANewTokenLivesAsLongAsThat() {
        apply(opened.whole());
        apply(renewed.locked(30).live());

        assertThat(find("B").map(found -> found.status(EXPIRES_AT))).contains(SessionStatus.LOCKED);
        assertThat(session().expiresAt()).isEqualTo(LATER_END);
        assertThat(ledger.takePassed(EXPIRES_AT, ALL)).isEmpty();
        assertThat(ledger.takePassed(LATER_END, ALL)).hasSize(1);
    }

    @Test
    void lockedSessionKnowsTheActivityOfItsRow() {
        apply(opened.whole());
        apply(opened.used(20, START.plusSeconds(5), 7).locked(20).live());

        assertThat(session().lastActivity()).isEqualTo(START.plusSeconds(5));
        assertThat(session().lastUse()).isEqualTo(7);
    }

    // Standing

    @Test
    void unlockedSessionIsInUseAgain() {
        apply(opened.whole());
        apply(Row.lock("one", 20));
        assertThat(session().status(START)).isEqualTo(SessionStatus.LOCKED);
        assertThat(ledger.locked()).isOne();

        Instant unlocked = INACTIVE_AT.plusSeconds(1);
        ledger.apply(opened.used(30, unlocked, 7).live(), unlocked);

        assertThat(session().status(unlocked)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session().lastActivity()).isEqualTo(unlocked);
        assertThat(ledger.locked()).isZero();
        assertThat(ledger.takePassed(unlocked.plus(TIMEOUT).minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(unlocked.plus(TIMEOUT), ALL)).hasSize(1);
    }

    @Test
    void rowThatKnowsOfALaterUseRevivesAnInactiveSession() {
        apply(opened.whole());
        assertThat(ledger.takePassed(INACTIVE_AT, ALL)).hasSize(1);

        ledger.apply(opened.used(20, START.plus(TICK), 7).live(), INACTIVE_AT);

        assertThat(session().status(INACTIVE_AT)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session().lastUse()).isEqualTo(7);
        assertThat(ledger.takePassed(INACTIVE_AT, ALL)).isEmpty();
        assertThat(ledger.takePassed(INACTIVE_AT.plus(TICK), ALL)).hasSize(1);
    }

    @Test
    void rowThatKnowsOfAHoldRevivesAnInactiveSession() {
        apply(opened.whole());
        ledger.takePassed(INACTIVE_AT, ALL);

        ledger.apply(opened.held(20, INACTIVE_AT).live(), INACTIVE_AT);

        assertThat(session().status(INACTIVE_AT)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session().deadline()).isEqualTo(INACTIVE_AT.plus(TIMEOUT));
    }

    @Test
    void rowThatKnowsOfNoLaterUseDoesNotReviveAnInactiveSession() {
        apply(opened.whole());
        session().recordActivity(START.plus(TICK), USE);
        Instant inactive = INACTIVE_AT.plus(TICK);
        assertThat(session().status(inactive)).isEqualTo(SessionStatus.INACTIVE);

        ledger.apply(opened.used(20, START.plus(TICK), 7).live(), inactive);
        ledger.apply(opened.used(30, START, 7).live(), inactive);

        assertThat(session().status(inactive)).isEqualTo(SessionStatus.INACTIVE);
        assertThat(session().deadline()).isEqualTo(inactive);
        assertThat(session().lastUse()).isEqualTo(USE);
    }

    @Test
    void inactiveSessionLivesAsLongAsItsNewTokenOnceItIsLocked() {
        apply(opened.whole());
        session().status(INACTIVE_AT);
        ledger.apply(renewed.live(), INACTIVE_AT);
        assertThat(session().status(INACTIVE_AT)).isEqualTo(SessionStatus.INACTIVE);

        ledger.apply(Row.lock("one", 30), INACTIVE_AT);

        assertThat(session().status(EXPIRES_AT)).isEqualTo(SessionStatus.LOCKED);
        assertThat(session().status(LATER_END)).isEqualTo(SessionStatus.EXPIRED);
    }

    @Test
    void activityOfTheRowIsNotToBeWrittenAgain() {
        apply(opened.whole());
        session().recordActivity(START.plusSeconds(5), USE);
        assertThat(session().hasUnwrittenActivity(Duration.ZERO)).isTrue();

        apply(opened.used(20, START.plusSeconds(10), 7).live());
        assertThat(session().hasUnwrittenActivity(Duration.ZERO)).isFalse();

        session().recordActivity(START.plusSeconds(11), USE);
        apply(opened.used(30, START.plusSeconds(10), 7).live());
        assertThat(session().hasUnwrittenActivity(Duration.ZERO)).isTrue();
    }

    @Test
    void releasedSessionIsNoLongerHeld() {
        apply(opened.held(10, START.plus(LIFE)).whole());
        ledger.takePassed(START, ALL);

        apply(opened.used(20, START.plus(TICK), 7).live());

        assertThat(session().heldUntil()).isEmpty();
        assertThat(ledger.takePassed(INACTIVE_AT.plus(TICK), ALL)).hasSize(1);
    }

    // Expired tokens

    @Test
    void sessionWhoseTokenHasExpiredComesBackWithANewOne() {
        timeouts.put("principal of one", LedgerFixture.never());
        apply(opened.whole());
        assertThat(ledger.takePassed(EXPIRES_AT, ALL)).hasSize(1);

        ledger.apply(renewed.live(), EXPIRES_AT);

        assertThat(session().status(EXPIRES_AT)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(ledger.find("B", EXPIRES_AT)).containsSame(session());
        assertThat(ledger.find("A", EXPIRES_AT)).isEmpty();
        assertThat(ledger.takePassed(LATER_END, ALL)).hasSize(1);
    }

    @Test
    void lockedSessionWhoseTokenHasExpiredComesBackLockedWithANewOne() {
        apply(opened.whole());
        apply(Row.lock("one", 15));
        assertThat(ledger.takePassed(EXPIRES_AT, ALL)).hasSize(1);

        ledger.apply(renewed.locked(20).live(), EXPIRES_AT);

        assertThat(session().status(EXPIRES_AT)).isEqualTo(SessionStatus.LOCKED);
        assertThat(ledger.locked()).isOne();
        assertThat(ledger.takePassed(LATER_END, ALL)).hasSize(1);
    }

    @Test
    void sessionThatExpiredWhileItWasLockedIsNoLongerCountedWhenItComesBackUnlocked() {
        apply(opened.whole());
        apply(Row.lock("one", 15));
        session().status(EXPIRES_AT);

        ledger.apply(renewed.used(20, EXPIRES_AT, 7).live(), EXPIRES_AT);

        assertThat(session().status(EXPIRES_AT)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void sessionWhoseTokenHasExpiredIsForgottenAndWhatWasEarlierStaysOutdated() {
        timeouts.put("principal of one", LedgerFixture.never());
        apply(renewed.whole());
        LiveSession<String> session = session();
        session.status(LATER_END);

        ledger.forgetExpired(session);

        assertThat(ledger.size()).isZero();
        assertThat(find("A")).isEmpty();
        assertThat(find("B")).isEmpty();
        assertThat(apply(opened.whole())).isEqualTo(OUTDATED);
    }

    @Test
    void sessionThatGotANewTokenIsNotForgotten() {
        timeouts.put("principal of one", LedgerFixture.never());
        apply(opened.whole());
        List<PassedDeadline<String>> due = ledger.takePassed(EXPIRES_AT, ALL);
        ledger.apply(renewed.live(), EXPIRES_AT);

        due.forEach(one -> ledger.forgetExpired(one.session()));

        assertThat(ledger.find("B", EXPIRES_AT)).containsSame(session());
        assertThat(ledger.size()).isOne();
    }

    // Principals

    @Test
    void principalIsTheLatestAndItsTimeoutGoverns() {
        renamed.put("principal of one", "renamed");
        timeouts.put("renamed", anHour);
        apply(opened.whole());

        assertThat(session().principal()).isEqualTo("renamed");
        assertThat(session().timeout()).isSameAs(anHour);
    }

    @Test
    void anotherPrincipalIsGovernedByItsOwnTimeout() {
        timeouts.put("another", anHour);
        apply(opened.whole());
        renamed.put("new", "another");

        apply(opened.withPrincipal(20, "new").whole());

        assertThat(session().principal()).isEqualTo("another");
        assertThat(session().timeout()).isSameAs(anHour);
        assertThat(ledger.takePassed(INACTIVE_AT, ALL)).isEmpty();
        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT), ALL)).hasSize(1);
    }

    @Test
    void changeThatDoesNotTouchThePrincipalLeavesIt() {
        apply(opened.whole());
        apply(renewed.withPrincipal(20, "not said").live());

        assertThat(session().principal()).isEqualTo("principal of one");
    }

    @Test
    void principalsAreReplacedAndTheirSessionsGovernedByWhatIsRightThen() {
        apply(opened.whole());
        apply(Row.opened("two", 11, "C").whole());
        timeouts.put("another", anHour);

        ledger.replacePrincipals(principal -> principal.equals("principal of one") ? "another" : principal, START);

        assertThat(session().principal()).isEqualTo("another");
        assertThat(session().timeout()).isSameAs(anHour);
        assertThat(find("C").map(LiveSession::principal)).contains("principal of two");
        assertThat(find("C").map(LiveSession::timeout)).containsSame(halfAnHour);
    }

    @Test
    void thoseAreGovernedAnewThatAreMeant() {
        apply(opened.whole());
        apply(Row.opened("two", 11, "C").whole());
        timeouts.put("principal of one", anHour);
        timeouts.put("principal of two", anHour);

        ledger.governAnew("principal of one"::equals, START);

        assertThat(session().timeout()).isSameAs(anHour);
        assertThat(find("C").map(LiveSession::timeout)).containsSame(halfAnHour);
        assertThat(ledger.takePassed(INACTIVE_AT, ALL))
                .extracting(due -> due.session().id())
                .containsExactly(LedgerFixture.id("two"));
    }

    // Races

    @Test
    void renewalAndEndAtTheSameTimeLeaveNoToken() throws Exception {
        int rounds = 5_000;
        IntStream.range(0, rounds).forEach(round -> apply(row(round).whole()));
        try (AllAtOnce allAtOnce = new AllAtOnce()) {
            allAtOnce.race(
                    rounds,
                    round -> apply(row(round)
                            .renewed(20, "new" + round, LATER_END, GOOD_UNTIL)
                            .whole()),
                    round -> apply(Row.over("session" + round, 30)));
        }

        for (int round = 0; round < rounds; round++) {
            assertThat(find("old" + round)).isEmpty();
            assertThat(find("new" + round)).isEmpty();
        }
        assertThat(ledger.size()).isZero();
        assertThat(ledger.takePassed(LATER_END, ALL)).isEmpty();
    }

    @Test
    void tokenIsFoundAllTheTimeWhileItIsRenewed() throws Exception {
        int rounds = 5_000;
        IntStream.range(0, rounds).forEach(round -> apply(row(round).whole()));
        boolean[] found = new boolean[rounds];
        try (AllAtOnce allAtOnce = new AllAtOnce()) {
            allAtOnce.race(
                    rounds,
                    round -> apply(row(round)
                            .renewed(20, "new" + round, LATER_END, GOOD_UNTIL)
                            .live()),
                    round -> found[round] = find("old" + round).isPresent());
        }

        assertThat(found).doesNotContain(false);
    }

    @Test
    void renewalAndLapseAtTheSameTimeLeaveEverySessionInUseOrInactive() throws Exception {
        int rounds = 5_000;
        IntStream.range(0, rounds).forEach(round -> apply(row(round).whole()));
        try (AllAtOnce allAtOnce = new AllAtOnce()) {
            allAtOnce.race(
                    rounds,
                    round -> ledger.takePassed(INACTIVE_AT, 1),
                    round -> apply(
                            row(round).used(20, INACTIVE_AT.minus(TICK), USE).live()));
        }

        assertThat(ledger.takePassed(INACTIVE_AT, ALL)).isEmpty();
        ledger.forEach(session -> assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.ACTIVE));
        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT), ALL)).hasSize(rounds);
    }

    private static Row row(int round) {
        return Row.opened("session" + round, 10, "old" + round);
    }
}
