package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.USE;
import static org.lapse.sessions.ledger.LedgerFixture.never;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineWheelTest {

    private static final Duration SPAN = Duration.ofMillis(1 << DeadlineWheel.SPAN_BITS);
    private static final int BUCKETS = 8;
    private static final Duration LAP = SPAN.multipliedBy(BUCKETS);

    /** The start is the beginning of a span, so that multiples of the span are. */
    private final LedgerFixture fixture = new LedgerFixture(new DeadlineWheel<>(START, BUCKETS));

    private final SessionLedger<String> ledger = fixture.ledger;

    @Test
    void theUsualWheelTakesNineHoursForALap() {
        assertThat(SPAN.multipliedBy(DeadlineWheel.BUCKETS)).isGreaterThan(Duration.ofHours(9));
    }

    @Test
    void theStartIsTheBeginningOfASpan() {
        assertThat(START.toEpochMilli() % SPAN.toMillis()).isZero();
    }

    /** In the span of the start, at its edges, later in the lap, exactly a lap away, and several laps away. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 127, 128, 129, 255, 256, 700, 1023, 1024, 1025, 1151, 1152, 2048, 5000})
    void aSessionIsDueAtItsDeadlineAndNotBefore(int millis) {
        Instant deadline = START.plusMillis(millis);
        open(deadline);

        for (Instant now = START; now.isBefore(deadline); now = now.plus(TICK)) {
            assertThat(ledger.takePassed(now, ALL)).isEmpty();
        }
        assertThat(ledger.takePassed(deadline, ALL))
                .extracting(PassedDeadline::deadline)
                .containsExactly(deadline);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128, 1023, 1024, 1025, 5000})
    void aSessionIsDueAtTheFirstSweepAfterALongPause(int millis) {
        open(START.plusMillis(millis));

        assertThat(ledger.takePassed(START.plus(Duration.ofDays(365)), ALL)).hasSize(1);
    }

    @Test
    void everyBucketIsSeenAfterAPauseOfOneLap() {
        assertThatAllAreDueAfter(LAP);
        assertThatAllAreDueAfter(LAP.minus(SPAN));
        assertThatAllAreDueAfter(LAP.plus(SPAN));
        assertThatAllAreDueAfter(LAP.plus(LAP));
    }

    private static void assertThatAllAreDueAfter(Duration pause) {
        LedgerFixture fresh = new LedgerFixture(new DeadlineWheel<>(START, BUCKETS));
        for (Duration life = Duration.ZERO; life.compareTo(pause) <= 0; life = life.plusMillis(32)) {
            open(fresh, START.plus(life));
        }
        long opened = fresh.ledger.size();

        assertThat(fresh.ledger.takePassed(START.plus(pause), ALL)).hasSize((int) opened);
    }

    @Test
    void whatIsDueAfterALongPauseIsTakenInPortionsToo() {
        for (int i = 0; i < 100; i++) {
            open(START.plusMillis(i * 50L));
        }
        Instant later = START.plus(Duration.ofDays(1));
        List<PassedDeadline<String>> taken = new ArrayList<>();
        for (int sweep = 0; sweep < 15; sweep++) {
            taken.addAll(ledger.takePassed(later, 7));
        }

        assertThat(taken).extracting(PassedDeadline::session).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aDeadlineThatHasPassedBeforeTheSessionIsOpenedIsDueInTheNextSweep() {
        ledger.takePassed(START.plus(LAP), ALL);
        open(START);

        assertThat(ledger.takePassed(START.plus(LAP), ALL)).hasSize(1);
    }

    @Test
    void aSessionIsDueOnTimeAfterTheClockHasSteppedBack() {
        ledger.takePassed(START.plus(LAP), ALL);
        open(START.plus(SPAN));
        ledger.takePassed(START, ALL);

        assertThat(ledger.takePassed(START.plus(SPAN).minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(START.plus(SPAN), ALL)).hasSize(1);
    }

    @Test
    void aSessionThatIsOpenedAfterTheClockHasSteppedBackIsDueOnTime() {
        ledger.takePassed(START.plus(LAP), ALL);
        ledger.takePassed(START, ALL);
        open(START.plus(SPAN));

        assertThat(ledger.takePassed(START.plus(SPAN).minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(START.plus(SPAN), ALL)).hasSize(1);
    }

    @Test
    void whatWasFarAwayIsDueOnTimeAfterTheClockHasSteppedBack() {
        open(START.plus(LAP).plus(SPAN));
        ledger.takePassed(START.plus(LAP), ALL);
        ledger.takePassed(START.minus(LAP), ALL);

        assertThat(ledger.takePassed(START.plus(LAP), ALL)).isEmpty();
        assertThat(ledger.takePassed(START.plus(LAP).plus(SPAN), ALL)).hasSize(1);
    }

    @Test
    void aSweepRunsOutOfWorkAndGoesOnWhereItStopped() {
        DeadlineWheel<String> wheel = new DeadlineWheel<>(START, BUCKETS);
        for (int i = 0; i < 5; i++) {
            wheel.arm(session(START));
        }
        List<PassedDeadline<String>> due = new ArrayList<>();
        wheel.begin(START.toEpochMilli());

        assertThat(wheel.advance(START.toEpochMilli(), ALL, 2, due)).isFalse();
        assertThat(due).hasSize(2);
        assertThat(wheel.advance(START.toEpochMilli(), ALL, 3, due)).isFalse();
        assertThat(due).hasSize(5);
        assertThat(wheel.advance(START.toEpochMilli(), ALL, 1, due)).isTrue();
    }

    @Test
    void aSweepLooksOnceAtEachSessionThatIsNotDueYet() {
        DeadlineWheel<String> wheel = new DeadlineWheel<>(START, BUCKETS);
        for (int i = 0; i < 5; i++) {
            wheel.arm(session(START.plus(TICK)));
        }
        List<PassedDeadline<String>> due = new ArrayList<>();
        wheel.begin(START.toEpochMilli());

        assertThat(wheel.advance(START.toEpochMilli(), ALL, 5, due)).isFalse();
        assertThat(wheel.advance(START.toEpochMilli(), ALL, 1, due)).isTrue();
        assertThat(due).isEmpty();
    }

    @Test
    void aSweepDoesNotLookAtSessionsWhoseBucketHasNotCome() {
        DeadlineWheel<String> wheel = new DeadlineWheel<>(START, BUCKETS);
        for (int i = 0; i < 5; i++) {
            wheel.arm(session(START.plus(SPAN.multipliedBy(2))));
        }
        wheel.begin(START.plus(SPAN).toEpochMilli());

        assertThat(wheel.advance(START.plus(SPAN).toEpochMilli(), ALL, 2, new ArrayList<>()))
                .isTrue();
    }

    @Test
    void aPauseOfAYearCostsNoMoreThanALap() {
        DeadlineWheel<String> wheel = new DeadlineWheel<>(START, BUCKETS);
        long later = START.plus(Duration.ofDays(365)).toEpochMilli();
        wheel.begin(later);

        assertThat(wheel.advance(later, ALL, BUCKETS + 1, new ArrayList<>())).isTrue();
    }

    @Test
    void anActivityMovesASessionOnlyWhenItsBucketComes() {
        DeadlineWheel<String> wheel = new DeadlineWheel<>(START, BUCKETS);
        LiveSession<String> session = new LedgerFixture().open("token");
        wheel.arm(session);
        Link neighbour = session.next();
        session.recordActivity(START.plus(SPAN), USE);

        assertThat(session.next()).isSameAs(neighbour);
    }

    @Test
    void anEndedSessionLeavesTheWheelAndIsNeverDue() {
        DeadlineWheel<String> wheel = new DeadlineWheel<>(START, BUCKETS);
        LiveSession<String> first = session(START);
        LiveSession<String> second = session(START);
        LiveSession<String> third = session(START);
        wheel.arm(first);
        wheel.arm(second);
        wheel.arm(third);
        second.end();
        wheel.arm(second);
        List<PassedDeadline<String>> due = new ArrayList<>();
        wheel.begin(START.toEpochMilli());
        wheel.advance(START.toEpochMilli(), ALL, ALL, due);

        assertThat(due).extracting(PassedDeadline::session).containsExactly(first, third);
        assertThat(second.isAlone()).isTrue();
    }

    private void open(Instant deadline) {
        open(fixture, deadline);
    }

    private static void open(LedgerFixture fixture, Instant deadline) {
        fixture.open("token" + fixture.ledger.size(), never(), deadline);
    }

    private static LiveSession<String> session(Instant deadline) {
        return LedgerFixture.session(Row.opened("token", 1, "token").expiringAt(deadline), never());
    }
}
