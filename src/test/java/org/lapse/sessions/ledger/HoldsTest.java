package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;
import static org.lapse.sessions.ledger.LedgerFixture.USE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldsTest {

    private static final Instant END_OF_HOLD = START.plus(Duration.ofHours(2));
    private static final Instant INACTIVE_AT = END_OF_HOLD.plus(TIMEOUT);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;
    private final LiveSession<String> session = fixture.open("token");

    @Test
    void aHeldSessionDoesNotBecomeInactiveBeforeTheHoldIsOver() {
        fixture.hold(session, END_OF_HOLD);

        assertThat(session.heldUntil()).contains(END_OF_HOLD);
        assertThat(session.status(END_OF_HOLD)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.deadline()).isEqualTo(INACTIVE_AT);
        assertThat(session.inactiveAt()).contains(INACTIVE_AT);
    }

    @Test
    void theTimeoutCountsFromTheEndOfTheHold() {
        fixture.hold(session, END_OF_HOLD);

        assertThat(ledger.takePassed(INACTIVE_AT.minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(INACTIVE_AT, ALL))
                .containsExactly(new PassedDeadline<>(session, SessionStatus.INACTIVE, END_OF_HOLD, INACTIVE_AT));
    }

    @Test
    void theTimeoutCountsFromAnActivityAfterTheEndOfTheHold() {
        fixture.hold(session, END_OF_HOLD);
        session.recordActivity(END_OF_HOLD.plusSeconds(60), USE);

        assertThat(session.deadline()).isEqualTo(INACTIVE_AT.plusSeconds(60));
    }

    @Test
    void anActivityWhileItIsHeldDoesNotEndTheHold() {
        fixture.hold(session, END_OF_HOLD);

        assertThat(session.recordActivity(START.plusSeconds(60), USE)).isTrue();
        assertThat(session.lastActivity()).isEqualTo(START.plusSeconds(60));
        assertThat(session.deadline()).isEqualTo(INACTIVE_AT);
    }

    @Test
    void aReleasedSessionHasItsWholeTimeoutFromThen() {
        fixture.hold(session, END_OF_HOLD);
        Instant released = START.plus(Duration.ofHours(1));

        fixture.release(session, released);

        assertThat(session.heldUntil()).isEmpty();
        assertThat(session.lastActivity()).isEqualTo(released);
        assertThat(ledger.takePassed(released.plus(TIMEOUT).minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(released.plus(TIMEOUT), ALL)).hasSize(1);
    }

    @Test
    void aReleaseAfterTheEndOfTheHoldIsNoActivity() {
        fixture.hold(session, END_OF_HOLD);

        fixture.release(session, END_OF_HOLD.plusSeconds(60));

        assertThat(session.heldUntil()).isEmpty();
        assertThat(session.lastActivity()).isEqualTo(END_OF_HOLD);
    }

    @Test
    void aReleaseOfASessionThatIsNotHeldIsNoActivity() {
        fixture.release(session, START.plusSeconds(60));

        assertThat(session.lastActivity()).isEqualTo(START);
    }

    @Test
    void anotherHoldTakesThePlaceOfTheFirst() {
        fixture.hold(session, END_OF_HOLD);
        ledger.takePassed(START.plus(TIMEOUT), ALL);
        Instant earlier = START.plus(Duration.ofHours(1));

        fixture.hold(session, earlier);

        assertThat(ledger.takePassed(earlier.plus(TIMEOUT), ALL)).hasSize(1);
    }

    @Test
    void aReleaseDoesNotReviveASessionThatBecameInactiveAfterItsHold() {
        fixture.hold(session, END_OF_HOLD);
        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.INACTIVE);

        fixture.release(session, INACTIVE_AT);

        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.INACTIVE);
        assertThat(session.heldUntil()).isEmpty();
    }

    @Test
    void aHoldDoesNotExtendTheAbsoluteLife() {
        Instant expiresAt = START.plus(LIFE);
        fixture.hold(session, expiresAt.plus(LIFE));

        assertThat(session.deadline()).isEqualTo(expiresAt);
        assertThat(ledger.takePassed(expiresAt, ALL))
                .containsExactly(new PassedDeadline<>(session, SessionStatus.EXPIRED, START, expiresAt));
    }

    @Test
    void aHeldSessionCanBeLockedAndEnded() {
        fixture.hold(session, END_OF_HOLD);
        fixture.lock(session);
        assertThat(session.status(START)).isEqualTo(SessionStatus.LOCKED);
        assertThat(session.heldUntil()).isEmpty();

        fixture.end(session);
        assertThat(session.status(START)).isEqualTo(SessionStatus.ENDED);
        assertThat(session.heldUntil()).isEmpty();
    }

    @Test
    void anUnlockThatSaysThatTheHoldGoesOnLeavesIt() {
        fixture.hold(session, END_OF_HOLD);
        Row row = fixture.database.row(session.id()).orElseThrow();

        ledger.apply(row.unlocked(3, START.plusSeconds(1)).held(3, END_OF_HOLD).live(), START.plusSeconds(1));

        assertThat(session.lastActivity()).isEqualTo(START.plusSeconds(1));
        assertThat(session.heldUntil()).contains(END_OF_HOLD);
    }

    @Test
    void aChangedTimeoutCountsFromTheEndOfTheHoldToo() {
        fixture.hold(session, END_OF_HOLD);
        ledger.change(fixture.halfAnHour, Optional.of(Duration.ofMinutes(5)), START);

        assertThat(ledger.takePassed(END_OF_HOLD.plus(Duration.ofMinutes(5)), ALL))
                .hasSize(1);
    }

    @Test
    void sessionsThatLapseWhileTheyAreHeldAreHeld() throws Exception {
        int rounds = 5_000;
        List<LiveSession<String>> sessions = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            sessions.add(fixture.open("held" + i));
        }
        Instant lapsed = START.plus(TIMEOUT);
        try (AllAtOnce allAtOnce = new AllAtOnce()) {
            allAtOnce.race(
                    rounds,
                    round -> sessions.get(round).status(lapsed),
                    round -> fixture.hold(sessions.get(round), END_OF_HOLD));
        }

        assertThat(sessions)
                .allMatch(one -> one.status(lapsed) == SessionStatus.ACTIVE)
                .allMatch(one -> one.deadline().equals(INACTIVE_AT));
        assertThat(ledger.takePassed(INACTIVE_AT, ALL))
                .extracting(PassedDeadline::session)
                .contains(session)
                .containsAll(sessions)
                .hasSize(rounds + 1);
    }
}
