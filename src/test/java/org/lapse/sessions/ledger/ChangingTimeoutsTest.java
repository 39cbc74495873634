package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangingTimeoutsTest {

    private static final Instant INACTIVE_AT = START.plus(TIMEOUT);
    private static final Instant EXPIRES_AT = START.plus(LIFE);
    private static final Duration SHORTER = Duration.ofMinutes(10);
    private static final Duration LONGER = Duration.ofHours(1);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;

    @Test
    void aShorterTimeoutHoldsAtOnceForEverySessionThatSharesIt() {
        LiveSession<String> one = fixture.open("one");
        LiveSession<String> two = fixture.open("two");
        LiveSession<String> other = fixture.open("other", SharedTimeout.of(Optional.of(TIMEOUT)), EXPIRES_AT);
        ledger.change(fixture.halfAnHour, Optional.of(SHORTER), START);

        assertThat(fixture.halfAnHour.timeout()).contains(SHORTER);
        assertThat(ledger.takePassed(START.plus(SHORTER).minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(START.plus(SHORTER), ALL))
                .extracting(PassedDeadline::session)
                .containsExactlyInAnyOrder(one, two);
        assertThat(other.status(START.plus(SHORTER))).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void aSessionThatIsUnusedForLongerThanTheNewTimeoutIsDueAtOnceAndNotBefore() {
        LiveSession<String> session = fixture.open("token");
        Instant now = START.plus(Duration.ofMinutes(20));
        ledger.takePassed(now, ALL);
        ledger.change(fixture.halfAnHour, Optional.of(SHORTER), now);

        assertThat(ledger.takePassed(now, ALL))
                .containsExactly(new PassedDeadline<>(session, SessionStatus.INACTIVE, START, now));
    }

    @Test
    void aLongerTimeoutHoldsAtOnce() {
        LiveSession<String> session = fixture.open("token");
        ledger.change(fixture.halfAnHour, Optional.of(LONGER), INACTIVE_AT.minus(TICK));

        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(ledger.takePassed(START.plus(LONGER).minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(START.plus(LONGER), ALL)).hasSize(1);
    }

    @Test
    void aLongerTimeoutDoesNotReviveWhatWasInactiveBefore() {
        LiveSession<String> session = fixture.open("token");
        ledger.change(fixture.halfAnHour, Optional.of(LONGER), INACTIVE_AT);

        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.INACTIVE);
        assertThat(ledger.takePassed(INACTIVE_AT, ALL))
                .containsExactly(new PassedDeadline<>(session, SessionStatus.INACTIVE, START, INACTIVE_AT));
    }

    @Test
    void aTimeoutCanBeTakenAwayAndGiven() {
        fixture.open("token");
        ledger.change(fixture.halfAnHour, Optional.empty(), START);
        assertThat(ledger.takePassed(INACTIVE_AT, ALL)).isEmpty();
        ledger.change(fixture.halfAnHour, Optional.of(LONGER), INACTIVE_AT);

        assertThat(ledger.takePassed(START.plus(LONGER), ALL)).hasSize(1);
    }

    @Test
    void aSessionThatWasTakenIsNotTakenAgainBecauseOfAChange() {
        fixture.open("token");
        ledger.takePassed(INACTIVE_AT, ALL);
        ledger.change(fixture.halfAnHour, Optional.of(SHORTER), INACTIVE_AT);

        assertThat(ledger.takePassed(EXPIRES_AT, ALL)).isEmpty();
    }

    @Test
    void aLockedSessionStaysLocked() {
        LiveSession<String> session = fixture.open("token");
        fixture.lock(session);
        ledger.change(fixture.halfAnHour, Optional.of(SHORTER), START);

        assertThat(ledger.takePassed(EXPIRES_AT.minus(TICK), ALL)).isEmpty();
        assertThat(session.status(EXPIRES_AT.minus(TICK))).isEqualTo(SessionStatus.LOCKED);
    }

    @Test
    void anImpossibleTimeoutChangesNothing() {
        fixture.open("token");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ledger.change(fixture.halfAnHour, Optional.of(Duration.ZERO), START));
        assertThat(fixture.halfAnHour.timeout()).contains(TIMEOUT);
    }
}
