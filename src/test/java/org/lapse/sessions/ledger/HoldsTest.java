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
        assertThat(ledger.hold(session, END_OF_HOLD, START)).isTrue();

        assertThat(session.heldUntil()).contains(END_OF_HOLD);
        assertThat(session.status(END_OF_HOLD)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.deadline()).isEqualTo(INACTIVE_AT);
        assertThat(session.inactiveAt()).contains(INACTIVE_AT);
    }

    @Test
    void theTimeoutCountsFromTheEndOfTheHold() {
        ledger.hold(session, END_OF_HOLD, START);

        assertThat(ledger.takePassed(INACTIVE_AT.minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(INACTIVE_AT, ALL))
                .containsExactly(new PassedDeadline<>(session, SessionStatus.INACTIVE, END_OF_HOLD, INACTIVE_AT));
    }

    @Test
    void theTimeoutCountsFromAnActivityAfterTheEndOfTheHold() {
        ledger.hold(session, END_OF_HOLD, START);
        session.recordActivity(END_OF_HOLD.plusSeconds(60), USE);

        assertThat(session.deadline()).isEqualTo(INACTIVE_AT.plusSeconds(60));
    }

    @Test
    void anActivityWhileItIsHeldDoesNotEndTheHold() {
        ledger.hold(session, END_OF_HOLD, START);

        assertThat(session.recordActivity(START.plusSeconds(60), USE)).isTrue();
        assertThat(session.lastActivity()).isEqualTo(START.plusSeconds(60));
        assertThat(session.deadline()).isEqualTo(INACTIVE_AT);
    }

    @Test
    void aReleasedSessionHasItsWholeTimeoutFromThen() {
        ledger.hold(session, END_OF_HOLD, START);
        Instant released = START.plus(Duration.ofHours(1));

        assertThat(ledger.release(session, released)).isTrue();
        assertThat(session.heldUntil()).isEmpty();
        assertThat(session.lastActivity()).isEqualTo(released);
        assertThat(ledger.takePassed(released.plus(TIMEOUT).minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(released.plus(TIMEOUT), ALL)).hasSize(1);
    }

    @Test
    void aReleaseAfterTheEndOfTheHoldIsNoActivity() {
        ledger.hold(session, END_OF_HOLD, START);

        assertThat(ledger.release(session, END_OF_HOLD.plusSeconds(60))).isTrue();
        assertThat(session.lastActivity()).isEqualTo(END_OF_HOLD);
    }

    @Test
    void aReleaseOfASessionThatIsNotHeldIsNoActivity() {
        assertThat(ledger.release(session, START.plusSeconds(60))).isTrue();
        assertThat(session.lastActivity()).isEqualTo(START);
    }

    @Test
    void anotherHoldTakesThePlaceOfTheFirst() {
        ledger.hold(session, END_OF_HOLD, START);
        ledger.takePassed(START.plus(TIMEOUT), ALL);
        Instant earlier = START.plus(Duration.ofHours(1));

        assertThat(ledger.hold(session, earlier, START)).isTrue();
        assertThat(ledger.takePassed(earlier.plus(TIMEOUT), ALL)).hasSize(1);
    }

    @Test
    void anInactiveSessionIsNotHeld() {
        Instant late = START.plus(TIMEOUT);

        assertThat(ledger.hold(session, END_OF_HOLD, late)).isFalse();
        assertThat(session.status(late)).isEqualTo(SessionStatus.INACTIVE);
        assertThat(session.heldUntil()).isEmpty();
        assertThat(ledger.release(session, late)).isFalse();
    }

    @Test
    void aHoldDoesNotExtendTheAbsoluteLife() {
        Instant expiresAt = START.plus(LIFE);
        ledger.hold(session, expiresAt.plus(LIFE), START);

        assertThat(session.deadline()).isEqualTo(expiresAt);
        assertThat(ledger.takePassed(expiresAt, ALL))
                .containsExactly(new PassedDeadline<>(session, SessionStatus.EXPIRED, START, expiresAt));
    }

    @Test
    void aHeldSessionCanBeLockedAndEnded() {
        ledger.hold(session, END_OF_HOLD, START);
        assertThat(ledger.lock(session)).isTrue();
        assertThat(session.status(START)).isEqualTo(SessionStatus.LOCKED);
        assertThat(session.heldUntil()).isEmpty();

        assertThat(ledger.end(session)).isTrue();
        assertThat(ledger.hold(session, END_OF_HOLD, START)).isFalse();
    }

    @Test
    void anUnlockLeavesTheHoldOfAnActiveSession() {
        ledger.hold(session, END_OF_HOLD, START);

        assertThat(ledger.unlock(session, START.plusSeconds(1))).isTrue();
        assertThat(session.heldUntil()).contains(END_OF_HOLD);
    }

    @Test
    void aChangedTimeoutCountsFromTheEndOfTheHoldToo() {
        ledger.hold(session, END_OF_HOLD, START);
        ledger.change(fixture.halfAnHour, Optional.of(Duration.ofMinutes(5)), START);

        assertThat(ledger.takePassed(END_OF_HOLD.plus(Duration.ofMinutes(5)), ALL))
                .hasSize(1);
    }

    @Test
    void holdsReleasesAndLapsesAtTheSameTimeLeaveNoSessionBehind() throws Exception {
        int rounds = 5_000;
        List<LiveSession<String>> sessions = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            sessions.add(fixture.open("held" + i));
        }
        Instant lapsed = START.plus(TIMEOUT);
        boolean[] held = new boolean[rounds];
        try (AllAtOnce allAtOnce = new AllAtOnce()) {
            allAtOnce.race(
                    rounds,
                    round -> sessions.get(round).status(lapsed),
                    round -> held[round] = ledger.hold(sessions.get(round), END_OF_HOLD, lapsed.minus(TICK)));
        }

        for (int round = 0; round < rounds; round++) {
            assertThat(sessions.get(round).status(lapsed))
                    .isEqualTo(held[round] ? SessionStatus.ACTIVE : SessionStatus.INACTIVE);
        }
    }
}
