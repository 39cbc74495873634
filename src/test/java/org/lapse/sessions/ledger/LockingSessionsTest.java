package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;
import static org.lapse.sessions.ledger.LedgerFixture.never;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LockingSessionsTest {

    private static final Instant INACTIVE_AT = START.plus(TIMEOUT);
    private static final Instant EXPIRES_AT = START.plus(LIFE);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;

    @Test
    void anActiveSessionCanBeLockedOnce() {
        LiveSession<String> session = fixture.open("token");

        assertThat(ledger.lock(session)).isTrue();
        assertThat(ledger.lock(session)).isFalse();
        assertThat(ledger.locked()).isEqualTo(1);
        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    void anUnlockedSessionIsActiveWithAnActivityNow() {
        LiveSession<String> session = fixture.open("token");
        ledger.lock(session);
        Instant later = INACTIVE_AT.plus(TIMEOUT);

        assertThat(ledger.unlock(session, later)).isTrue();
        assertThat(session.status(later)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.lastActivity()).isEqualTo(later);
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void anUnlockedSessionIsDueAfterItsTimeoutAgain() {
        LiveSession<String> session = fixture.open("token");
        ledger.takePassed(INACTIVE_AT, ALL);
        ledger.lock(session);
        ledger.unlock(session, INACTIVE_AT);

        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT).minus(TICK), ALL))
                .isEmpty();
        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT), ALL)).hasSize(1);
    }

    @Test
    void anInactiveSessionThatWaitsToBeLockedCanBeUnlocked() {
        LiveSession<String> session = fixture.open("token");
        ledger.takePassed(INACTIVE_AT, ALL);

        assertThat(ledger.unlock(session, INACTIVE_AT)).isTrue();
        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(ledger.locked()).isZero();
        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT), ALL)).hasSize(1);
    }

    @Test
    void unlockingAnActiveSessionIsAnActivity() {
        LiveSession<String> session = fixture.open("token");

        assertThat(ledger.unlock(session, START.plus(TICK))).isTrue();
        assertThat(session.lastActivity()).isEqualTo(START.plus(TICK));
    }

    @Test
    void unlockingDoesNotTakeLastActivityBack() {
        LiveSession<String> session = fixture.open("token");
        ledger.lock(session);

        assertThat(ledger.unlock(session, START.minus(TICK))).isTrue();
        assertThat(session.lastActivity()).isEqualTo(START);
    }

    @Test
    void anExpiredSessionIsNotUnlocked() {
        LiveSession<String> session = fixture.open("token", never(), EXPIRES_AT);

        assertThat(ledger.unlock(session, EXPIRES_AT)).isFalse();
        assertThat(session.status(START)).isEqualTo(SessionStatus.EXPIRED);
    }

    @Test
    void aLockedSessionIsNotUnlockedAtItsAbsoluteEnd() {
        LiveSession<String> session = fixture.open("token");
        ledger.lock(session);

        assertThat(ledger.unlock(session, EXPIRES_AT)).isFalse();
        assertThat(ledger.unlock(session, START)).isFalse();
    }

    @Test
    void aLockedSessionIsUnlockedOneTickBeforeItsAbsoluteEnd() {
        LiveSession<String> session = fixture.open("token");
        ledger.lock(session);

        assertThat(ledger.unlock(session, EXPIRES_AT.minus(TICK))).isTrue();
        assertThat(session.deadline()).isEqualTo(EXPIRES_AT);
    }

    @Test
    void anInactiveSessionIsNotUnlockedAtItsAbsoluteEnd() {
        LiveSession<String> session = fixture.open("token");
        session.status(INACTIVE_AT);

        assertThat(ledger.unlock(session, EXPIRES_AT)).isFalse();
        assertThat(session.status(EXPIRES_AT)).isEqualTo(SessionStatus.INACTIVE);
    }

    @Test
    void anEndedSessionIsNeitherLockedNorUnlocked() {
        LiveSession<String> session = fixture.open("token");
        ledger.end(session);

        assertThat(ledger.lock(session)).isFalse();
        assertThat(ledger.unlock(session, START)).isFalse();
        assertThat(session.status(START)).isEqualTo(SessionStatus.ENDED);
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void anExpiredSessionIsNotLocked() {
        LiveSession<String> session = fixture.open("token", never(), EXPIRES_AT);
        session.status(EXPIRES_AT);

        assertThat(ledger.lock(session)).isFalse();
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void aSessionIsRestoredAsLockedAsItWas() {
        LiveSession<String> session = ledger.restore(
                LedgerFixture.id("token"),
                TokenDigest.of("token"),
                "",
                fixture.halfAnHour,
                START,
                EXPIRES_AT,
                new InitialStatus(true, Optional.empty()));

        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.LOCKED);
        assertThat(ledger.locked()).isEqualTo(1);
        assertThat(ledger.takePassed(EXPIRES_AT.minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(EXPIRES_AT, ALL)).hasSize(1);
    }

    @Test
    void aSessionIsRestoredAsHeldAsItWas() {
        Instant endOfHold = START.plus(TIMEOUT);
        LiveSession<String> session = ledger.restore(
                LedgerFixture.id("token"),
                TokenDigest.of("token"),
                "",
                fixture.halfAnHour,
                START.minus(TIMEOUT),
                EXPIRES_AT,
                new InitialStatus(false, Optional.of(endOfHold)));

        assertThat(session.status(endOfHold)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.deadline()).isEqualTo(endOfHold.plus(TIMEOUT));
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void aSessionIsRestoredAsActiveAsItWas() {
        LiveSession<String> session = ledger.restore(
                LedgerFixture.id("token"),
                TokenDigest.of("token"),
                "",
                fixture.halfAnHour,
                START.minus(TIMEOUT),
                EXPIRES_AT,
                InitialStatus.IN_USE);

        assertThat(ledger.takePassed(START, ALL))
                .extracting(PassedDeadline::session)
                .containsExactly(session);
        assertThat(ledger.locked()).isZero();
    }
}
