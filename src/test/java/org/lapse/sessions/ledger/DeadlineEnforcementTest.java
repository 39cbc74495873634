package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;
import static org.lapse.sessions.ledger.LedgerFixture.USE;
import static org.lapse.sessions.ledger.LedgerFixture.never;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineEnforcementTest {

    private static final Instant INACTIVE_AT = START.plus(TIMEOUT);
    private static final Instant EXPIRES_AT = START.plus(LIFE);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;

    @Test
    void nothingIsDueOneTickBeforeTheDeadline() {
        LiveSession<String> session = fixture.open("token");

        assertThat(ledger.takePassed(INACTIVE_AT.minus(TICK), ALL)).isEmpty();
        assertThat(session.status(START)).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void aSessionIsDueExactlyAtItsDeadline() {
        LiveSession<String> session = fixture.open("token");
        session.recordActivity(START.plus(TICK), USE);

        assertThat(ledger.takePassed(INACTIVE_AT.plus(TICK), ALL))
                .containsExactly(new PassedDeadline<>(
                        session, SessionStatus.INACTIVE, START.plus(TICK), INACTIVE_AT.plus(TICK)));
    }

    @Test
    void anExpiredSessionIsDueByItsAbsoluteEnd() {
        LiveSession<String> session = fixture.open("token", never(), EXPIRES_AT);

        assertThat(ledger.takePassed(EXPIRES_AT.plus(TICK), ALL))
                .containsExactly(new PassedDeadline<>(session, SessionStatus.EXPIRED, START, EXPIRES_AT));
    }

    @Test
    void aLockedSessionIsDueAtItsAbsoluteEnd() {
        LiveSession<String> session = fixture.open("token");
        fixture.lock(session);

        assertThat(ledger.takePassed(EXPIRES_AT.minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(EXPIRES_AT, ALL))
                .containsExactly(new PassedDeadline<>(session, SessionStatus.EXPIRED, START, EXPIRES_AT));
    }

    @Test
    void aSessionIsTakenOnce() {
        fixture.open("token");

        assertThat(ledger.takePassed(INACTIVE_AT, ALL)).hasSize(1);
        assertThat(ledger.takePassed(INACTIVE_AT, ALL)).isEmpty();
        assertThat(ledger.takePassed(EXPIRES_AT, ALL)).isEmpty();
    }

    @Test
    void aSessionThatWasTakenIsRefused() {
        LiveSession<String> session = fixture.open("token");
        ledger.takePassed(INACTIVE_AT, ALL);

        assertThat(session.recordActivity(START, USE)).isFalse();
        assertThat(session.status(START)).isEqualTo(SessionStatus.INACTIVE);
        assertThat(ledger.find("token", START)).containsSame(session);
    }

    @Test
    void aSessionThatACheckFoundInactiveIsDueToo() {
        LiveSession<String> session = fixture.open("token");
        session.status(INACTIVE_AT);

        assertThat(ledger.takePassed(INACTIVE_AT, ALL))
                .extracting(PassedDeadline::session)
                .containsExactly(session);
    }

    @Test
    void anActivityPutsOffWhatWasAlmostDue() {
        LiveSession<String> session = fixture.open("token");
        session.recordActivity(INACTIVE_AT.minus(TICK), USE);

        assertThat(ledger.takePassed(INACTIVE_AT, ALL)).isEmpty();
        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT).minus(TICK).minus(TICK), ALL))
                .isEmpty();
        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT).minus(TICK), ALL))
                .hasSize(1);
    }

    @Test
    void noMoreThanTheLimitAreTakenAndTheRestKeepsForTheNextTime() {
        for (int i = 0; i < 10; i++) {
            fixture.open("token" + i);
        }
        List<PassedDeadline<String>> taken = new ArrayList<>();
        taken.addAll(ledger.takePassed(INACTIVE_AT, 4));
        assertThat(taken).hasSize(4);
        taken.addAll(ledger.takePassed(INACTIVE_AT, 4));
        assertThat(taken).hasSize(8);
        taken.addAll(ledger.takePassed(INACTIVE_AT, 4));

        assertThat(taken).extracting(PassedDeadline::session).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void whatIsLeftOverIsNotFinalUnlessItIsAskedFor() {
        LiveSession<String> one = fixture.open("one");
        LiveSession<String> two = fixture.open("two");
        List<PassedDeadline<String>> taken = ledger.takePassed(INACTIVE_AT, 1);
        LiveSession<String> leftOver = taken.get(0).session().equals(one) ? two : one;

        assertThat(leftOver.status(INACTIVE_AT.minus(TICK))).isEqualTo(SessionStatus.ACTIVE);
        assertThat(leftOver.status(INACTIVE_AT)).isEqualTo(SessionStatus.INACTIVE);
    }

    @Test
    void aSweepGoesThroughMoreSessionsThanOnePortionOfItsWork() {
        for (int i = 0; i < 3000; i++) {
            fixture.open("token" + i);
        }

        assertThat(ledger.takePassed(INACTIVE_AT.minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(INACTIVE_AT, ALL)).hasSize(3000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void theLimitIsPositive(int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.takePassed(START, limit));
    }
}
