package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;
import static org.lapse.sessions.ledger.LedgerFixture.USE;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OfferingAgainTest {

    private static final Instant INACTIVE_AT = START.plus(TIMEOUT);
    private static final Instant EXPIRES_AT = START.plus(LIFE);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;

    @Test
    void aSessionThatCouldNotBeEndedIsTakenAgain() {
        LiveSession<String> session = fixture.open("token");
        ledger.takePassed(INACTIVE_AT, ALL);
        ledger.offerAgain(session);

        assertThat(session.recordActivity(START, USE)).isFalse();
        assertThat(ledger.takePassed(INACTIVE_AT, ALL))
                .containsExactly(new PassedDeadline<>(session, SessionStatus.INACTIVE, START, INACTIVE_AT));
        assertThat(ledger.takePassed(INACTIVE_AT, ALL)).isEmpty();
    }

    @Test
    void whatIsOfferedAgainIsTakenEvenIfTheClockStepsBack() {
        LiveSession<String> session = fixture.open("token");
        ledger.takePassed(INACTIVE_AT, ALL);
        ledger.offerAgain(session);

        assertThat(ledger.takePassed(START, ALL)).hasSize(1);
    }

    @Test
    void whatIsOfferedTwiceIsTakenOnce() {
        LiveSession<String> session = fixture.open("token");
        ledger.takePassed(INACTIVE_AT, ALL);
        ledger.offerAgain(session);
        ledger.offerAgain(session);

        assertThat(ledger.takePassed(INACTIVE_AT, ALL)).hasSize(1);
    }

    @Test
    void othersComeFirst() {
        LiveSession<String> stubborn = fixture.open("stubborn");
        ledger.takePassed(INACTIVE_AT, ALL);
        ledger.offerAgain(stubborn);
        LiveSession<String> other = fixture.open("other");

        assertThat(ledger.takePassed(INACTIVE_AT, 1))
                .extracting(PassedDeadline::session)
                .containsExactly(other);
        assertThat(ledger.takePassed(INACTIVE_AT, 1))
                .extracting(PassedDeadline::session)
                .containsExactly(stubborn);
    }

    @Test
    void anEndedSessionIsNotOfferedAgain() {
        LiveSession<String> session = fixture.open("token");
        ledger.takePassed(INACTIVE_AT, ALL);
        fixture.end(session);
        ledger.offerAgain(session);

        assertThat(ledger.takePassed(EXPIRES_AT, ALL)).isEmpty();
    }

    @Test
    void anUnlockedSessionIsNotOfferedBeforeItsNewDeadline() {
        LiveSession<String> session = fixture.open("token");
        ledger.takePassed(INACTIVE_AT, ALL);
        fixture.unlock(session, INACTIVE_AT);
        ledger.offerAgain(session);

        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT).minus(TICK), ALL))
                .isEmpty();
        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT), ALL)).hasSize(1);
    }
}
