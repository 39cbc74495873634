package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;
import static org.lapse.sessions.ledger.LedgerFixture.USE;
import static org.lapse.sessions.ledger.LedgerFixture.never;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveSessionTest {

    private static final Instant INACTIVE_AT = START.plus(TIMEOUT);
    private static final Instant EXPIRES_AT = START.plus(LIFE);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;
    private final LiveSession<String> session = fixture.open("token");

    @Test
    void aSessionKnowsWhatItWasOpenedWith() {
        assertThat(session.id()).isEqualTo(LedgerFixture.id("token"));
        assertThat(session.principal()).isEqualTo("principal of token");
        assertThat(session.token()).isEqualTo(TokenDigest.of("token"));
        assertThat(session.timeout()).isSameAs(fixture.halfAnHour);
        assertThat(session.lastActivity()).isEqualTo(START);
        assertThat(session.expiresAt()).isEqualTo(EXPIRES_AT);
        assertThat(session.inactiveAt()).contains(INACTIVE_AT);
        assertThat(session.deadline()).isEqualTo(INACTIVE_AT);
    }

    @Test
    void aSessionIsInactiveExactlyAtItsDeadline() {
        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.INACTIVE);
    }

    @Test
    void aSessionIsActiveOneTickBeforeItsDeadline() {
        assertThat(session.status(INACTIVE_AT.minus(TICK))).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.status(INACTIVE_AT.minusNanos(1))).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void aSessionIsInactiveOneTickAfterItsDeadline() {
        assertThat(session.status(INACTIVE_AT.plus(TICK))).isEqualTo(SessionStatus.INACTIVE);
    }

    @Test
    void aSessionExpiresExactlyAtTheEndOfItsLife() {
        LiveSession<String> unlimited = fixture.open("unlimited", never(), EXPIRES_AT);

        assertThat(unlimited.status(EXPIRES_AT.minus(TICK))).isEqualTo(SessionStatus.ACTIVE);
        assertThat(unlimited.status(EXPIRES_AT)).isEqualTo(SessionStatus.EXPIRED);
    }

    @Test
    void aSessionIsExpiredOneTickAfterTheEndOfItsLife() {
        LiveSession<String> unlimited = fixture.open("unlimited", never(), EXPIRES_AT);

        assertThat(unlimited.status(EXPIRES_AT.plus(TICK))).isEqualTo(SessionStatus.EXPIRED);
    }

    @Test
    void theEarlierDeadlineDecidesEvenIfBothHavePassed() {
        Instant longAfter = EXPIRES_AT.plus(LIFE);
        LiveSession<String> shortLived = fixture.open("short-lived", fixture.halfAnHour, INACTIVE_AT.minus(TICK));
        LiveSession<String> longLived = fixture.open("long-lived", fixture.halfAnHour, INACTIVE_AT.plus(TICK));

        assertThat(shortLived.status(longAfter)).isEqualTo(SessionStatus.EXPIRED);
        assertThat(longLived.status(longAfter)).isEqualTo(SessionStatus.INACTIVE);
    }

    @Test
    void theAbsoluteEndDecidesIfBothDeadlinesAreEqual() {
        LiveSession<String> both = fixture.open("both", fixture.halfAnHour, INACTIVE_AT);

        assertThat(both.status(INACTIVE_AT)).isEqualTo(SessionStatus.EXPIRED);
    }

    @Test
    void anActivityMovesTheDeadline() {
        Instant later = START.plus(Duration.ofMinutes(20));

        assertThat(session.recordActivity(later, USE)).isTrue();
        assertThat(session.lastActivity()).isEqualTo(later);
        assertThat(session.inactiveAt()).contains(later.plus(TIMEOUT));
        assertThat(session.deadline()).isEqualTo(later.plus(TIMEOUT));
        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void anActivityOneTickBeforeTheDeadlineCounts() {
        assertThat(session.recordActivity(INACTIVE_AT.minus(TICK), USE)).isTrue();
        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void anActivityAtTheDeadlineIsRefusedAndChangesNothing() {
        assertThat(session.recordActivity(INACTIVE_AT, USE)).isFalse();
        assertThat(session.lastActivity()).isEqualTo(START);
        assertThat(session.deadline()).isEqualTo(INACTIVE_AT);
    }

    @Test
    void anActivityAtTheAbsoluteEndIsRefused() {
        LiveSession<String> unlimited = fixture.open("unlimited", never(), EXPIRES_AT);

        assertThat(unlimited.recordActivity(EXPIRES_AT, USE)).isFalse();
        assertThat(unlimited.lastActivity()).isEqualTo(START);
    }

    @Test
    void noActivityMovesTheAbsoluteEnd() {
        LiveSession<String> unlimited = fixture.open("unlimited", never(), EXPIRES_AT);
        unlimited.recordActivity(EXPIRES_AT.minus(TICK), USE);

        assertThat(unlimited.deadline()).isEqualTo(EXPIRES_AT);
        assertThat(unlimited.status(EXPIRES_AT)).isEqualTo(SessionStatus.EXPIRED);
    }

    @Test
    void lastActivityNeverGoesBack() {
        Instant later = START.plus(Duration.ofMinutes(20));
        session.recordActivity(later, USE);

        assertThat(session.recordActivity(later.minus(TICK), USE)).isTrue();
        assertThat(session.recordActivity(START.minus(LIFE), USE)).isTrue();
        assertThat(session.lastActivity()).isEqualTo(later);
    }

    @Test
    void whatTheLastActivityWasIsKnownAndAnEarlierOneDoesNotChangeIt() {
        Instant later = START.plus(TICK);

        assertThat(session.lastUse()).isOne();
        session.recordActivity(later, 7);
        session.recordActivity(START, 8);
        session.recordActivity(later, 9);
        assertThat(session.lastUse()).isEqualTo(7);
        session.recordActivity(later.plus(TICK), USE);
        assertThat(session.lastUse()).isEqualTo(USE);
    }

    @Test
    void whatTheLastActivityWasStaysKnownWhateverBecomesOfTheSession() {
        Instant until = START.plus(TIMEOUT);
        Instant used = START.plus(TICK);
        session.recordActivity(used, USE);

        fixture.hold(session, until);
        assertThat(session.lastUse()).isEqualTo(USE);
        fixture.release(session, used);
        assertThat(session.lastUse()).isEqualTo(USE);
        fixture.lock(session);
        assertThat(session.lastUse()).isEqualTo(USE);
        fixture.unlock(session, used);
        assertThat(session.lastUse()).isEqualTo(USE);
        assertThat(session.status(until.plus(TICK))).isEqualTo(SessionStatus.INACTIVE);
        assertThat(session.lastUse()).isEqualTo(USE);
        fixture.end(session);
        assertThat(session.lastUse()).isEqualTo(USE);
        assertThat(session.lastActivity()).isEqualTo(used);
    }

    @Test
    void laterActivityOfTheRowIsTheLastOneWithWhatItWas() {
        Instant unlocked = START.plusSeconds(60);
        session.recordActivity(START.plus(TICK), USE);

        fixture.lock(session);
        fixture.unlock(session, unlocked);
        assertThat(session.lastUse()).isEqualTo(Row.UNLOCK);
        assertThat(session.lastActivity()).isEqualTo(unlocked);
        assertThat(session.status(unlocked.plus(TIMEOUT))).isEqualTo(SessionStatus.INACTIVE);
        assertThat(session.lastUse()).isEqualTo(Row.UNLOCK);
    }

    @Test
    void onceFoundInactiveASessionStaysSoWhenTheClockStepsBack() {
        session.status(INACTIVE_AT);

        assertThat(session.status(START)).isEqualTo(SessionStatus.INACTIVE);
        assertThat(session.recordActivity(START, USE)).isFalse();
    }

    @Test
    void onceRefusedASessionStaysSoWhenTheClockStepsBack() {
        session.recordActivity(INACTIVE_AT, USE);

        assertThat(session.status(START)).isEqualTo(SessionStatus.INACTIVE);
    }

    @Test
    void onceFoundExpiredASessionStaysSoWhenTheClockStepsBack() {
        LiveSession<String> unlimited = fixture.open("unlimited", never(), EXPIRES_AT);
        unlimited.status(EXPIRES_AT);

        assertThat(unlimited.status(START)).isEqualTo(SessionStatus.EXPIRED);
        assertThat(unlimited.recordActivity(START, USE)).isFalse();
        assertThat(unlimited.deadline()).isEqualTo(EXPIRES_AT);
    }

    @Test
    void aSessionFoundInactiveStaysSoAfterItsLife() {
        session.status(INACTIVE_AT);

        assertThat(session.status(EXPIRES_AT)).isEqualTo(SessionStatus.INACTIVE);
    }

    @Test
    void aSessionWithoutTimeoutIsNeverInactive() {
        LiveSession<String> unlimited = fixture.open("unlimited", never(), Instant.MAX);

        assertThat(unlimited.inactiveAt()).isEmpty();
        assertThat(unlimited.status(START.plus(Duration.ofDays(36_500)))).isEqualTo(SessionStatus.ACTIVE);
        assertThat(unlimited.deadline()).isEqualTo(unlimited.expiresAt());
    }

    @Test
    void aLockedSessionHasItsAbsoluteEndAlone() {
        fixture.lock(session);

        assertThat(session.status(START)).isEqualTo(SessionStatus.LOCKED);
        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.LOCKED);
        assertThat(session.status(EXPIRES_AT.minus(TICK))).isEqualTo(SessionStatus.LOCKED);
        assertThat(session.deadline()).isEqualTo(EXPIRES_AT);
        assertThat(session.status(EXPIRES_AT)).isEqualTo(SessionStatus.EXPIRED);
        assertThat(session.deadline()).isEqualTo(EXPIRES_AT);
        assertThat(session.status(START)).isEqualTo(SessionStatus.EXPIRED);
    }

    @Test
    void aLockedSessionRemembersItsLastActivityAndRecordsNone() {
        session.recordActivity(START.plus(TICK), USE);
        fixture.lock(session);

        assertThat(session.recordActivity(START.plus(TICK).plus(TICK), USE)).isFalse();
        assertThat(session.lastActivity()).isEqualTo(START.plus(TICK));
    }

    @Test
    void anEndedSessionRecordsNothingAndRemembersItsLastActivity() {
        session.recordActivity(START.plus(TICK), USE);
        fixture.end(session);

        assertThat(session.status(START)).isEqualTo(SessionStatus.ENDED);
        assertThat(session.status(EXPIRES_AT)).isEqualTo(SessionStatus.ENDED);
        assertThat(session.recordActivity(START.plus(TICK).plus(TICK), USE)).isFalse();
        assertThat(session.lastActivity()).isEqualTo(START.plus(TICK));
        assertThat(session.deadline()).isEqualTo(INACTIVE_AT.plus(TICK));
    }

    @Test
    void theDeadlineThatPassedIsRememberedWhenTheTimeoutChanges() {
        session.status(INACTIVE_AT);
        ledger.change(fixture.halfAnHour, Optional.of(TIMEOUT.multipliedBy(2)), INACTIVE_AT);

        assertThat(session.deadline()).isEqualTo(INACTIVE_AT);
        assertThat(session.inactiveAt()).contains(INACTIVE_AT.plus(TIMEOUT));
    }

    @Test
    void aDeadlineFromBeforeAnUnlockIsForgotten() {
        session.status(INACTIVE_AT);
        fixture.unlock(session, INACTIVE_AT);
        ledger.change(fixture.halfAnHour, Optional.of(TIMEOUT.multipliedBy(2)), INACTIVE_AT);

        assertThat(session.deadline()).isEqualTo(INACTIVE_AT.plus(TIMEOUT.multipliedBy(2)));
        assertThat(session.status(INACTIVE_AT.plus(TIMEOUT.multipliedBy(2)))).isEqualTo(SessionStatus.INACTIVE);
        assertThat(session.deadline()).isEqualTo(INACTIVE_AT.plus(TIMEOUT.multipliedBy(2)));
    }

    @Test
    void anActivityIsWorthWritingWhenItIsLaterThanTheWrittenOneByMoreThanTheTolerance() {
        Duration tolerance = Duration.ofSeconds(15);
        session.recordActivity(START.plus(tolerance), USE);
        assertThat(session.hasUnwrittenActivity(tolerance)).isFalse();

        session.recordActivity(START.plus(tolerance).plus(TICK), USE);
        assertThat(session.hasUnwrittenActivity(tolerance)).isTrue();

        session.activityWritten(session.lastActivity());
        assertThat(session.hasUnwrittenActivity(Duration.ZERO)).isFalse();
    }

    @Test
    void momentsBeforeTheEpochAreMomentsToo() {
        Instant old = Instant.parse("1965-01-01T00:00:00.001Z");
        LiveSession<String> ancient = fixture.open(
                fixture.halfAnHour,
                version -> Row.opened("old", version, "old").lastUsedAt(old).expiringAt(old.plus(LIFE)));

        assertThat(ancient.lastActivity()).isEqualTo(old);
        assertThat(ancient.status(old.plus(TIMEOUT).minus(TICK))).isEqualTo(SessionStatus.ACTIVE);
        assertThat(ancient.status(old.plus(TIMEOUT))).isEqualTo(SessionStatus.INACTIVE);
    }
}
