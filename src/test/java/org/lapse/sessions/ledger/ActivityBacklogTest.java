package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;
import static org.lapse.sessions.ledger.LedgerFixture.USE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which sessions wait for their activity to be written, and that none is forgotten. */
class ActivityBacklogTest {
    private static final Duration WORTH_WRITING = Duration.ofMillis(7_500);
    private static final Instant WORTH = START.plus(WORTH_WRITING).plus(TICK);

    private final LedgerFixture fixture = new LedgerFixture();
    private final LiveSession<String> session = fixture.open("one");
    private final ActivityBacklog<String> backlog = new ActivityBacklog<>(WORTH_WRITING);

    private boolean use(Instant moment) {
        return backlog.recordActivity(session, moment, USE);
    }

    @Test
    void aUseWaitsIfItIsLaterThanTheWrittenOneByMoreThanWhatIsWorthWriting() {
        assertThat(use(START.plus(WORTH_WRITING))).isTrue();
        assertThat(backlog.size()).isZero();

        assertThat(use(WORTH)).isTrue();
        assertThat(backlog.size()).isOne();
        assertThat(backlog.take(ALL)).containsExactly(session);
    }

    @Test
    void aSessionWaitsOnceHoweverOftenItIsUsed() {
        IntStream.range(0, 10).forEach(i -> use(WORTH.plusMillis(i)));

        assertThat(backlog.size()).isOne();
        assertThat(backlog.take(ALL)).containsExactly(session);
        assertThat(backlog.take(ALL)).isEmpty();
    }

    @Test
    void aUseAfterTheDeadlineDoesNotWait() {
        assertThat(use(START.plus(TIMEOUT))).isFalse();
        assertThat(backlog.size()).isZero();
    }

    @Test
    void whoeverWaitedLongestIsTakenFirst() {
        LiveSession<String> other = fixture.open("two");
        backlog.recordActivity(other, WORTH, USE);
        use(WORTH);

        assertThat(backlog.take(1)).containsExactly(other);
        assertThat(backlog.take(1)).containsExactly(session);
    }

    @Test
    void onceItIsWrittenASessionWaitsAgainOnlyForALaterUseThatIsWorthIt() {
        use(WORTH);
        backlog.written(backlog.take(ALL).get(0), WORTH);
        assertThat(backlog.size()).isZero();

        use(WORTH.plus(WORTH_WRITING));
        assertThat(backlog.take(ALL)).isEmpty();

        use(WORTH.plus(WORTH_WRITING).plus(TICK));
        assertThat(backlog.take(ALL)).containsExactly(session);
    }

    @Test
    void aUseWhileAnEarlierOneIsWrittenWaitsIfThatIsWorthIt() {
        use(WORTH);
        backlog.take(ALL);
        use(WORTH.plus(WORTH_WRITING).plus(TICK));
        assertThat(backlog.take(ALL)).as("it is being written").isEmpty();

        backlog.written(session, WORTH);

        assertThat(backlog.size()).isOne();
        assertThat(backlog.take(ALL)).containsExactly(session);
    }

    @Test
    void aUseWhileAnEarlierOneIsWrittenDoesNotWaitIfThatIsNotWorthIt() {
        use(WORTH);
        backlog.take(ALL);
        use(WORTH.plus(TICK));

        backlog.written(session, WORTH);

        assertThat(backlog.size()).isZero();
        assertThat(backlog.take(ALL)).isEmpty();
    }

    @Test
    void whatCouldNotBeWrittenWaitsOnAndIsNotAddedASecondTime() {
        use(WORTH);
        backlog.putBack(backlog.take(ALL));
        use(WORTH.plus(TICK));

        assertThat(backlog.size()).isOne();
        assertThat(backlog.take(ALL)).containsExactly(session);
    }

    @Test
    void aGuessDoesNotWaitButTheFirstUseAfterItDoes() {
        session.activityWritten(START.minus(WORTH_WRITING).minus(WORTH_WRITING));
        assertThat(use(START.minus(TICK))).as("earlier than the guess").isTrue();
        assertThat(backlog.size()).isZero();

        use(START.plus(TICK));

        assertThat(backlog.take(ALL)).containsExactly(session);
    }

    @Test
    void theWrittenActivityOfASessionThatWaitsMayBecomeLaterByWhatTheDatabaseSays() {
        use(WORTH);
        fixture.ledger.apply(Row.opened("one", 10, "one").used(10, WORTH, USE).live(), WORTH);

        assertThat(session.hasUnwrittenActivity(Duration.ZERO)).isFalse();
        assertThat(backlog.take(ALL)).containsExactly(session);
        backlog.written(session, WORTH);
        assertThat(backlog.size()).isZero();
    }

    @Test
    void anEarlierActivityThatWasWrittenLaterDoesNotTakeTheWrittenOneBack() {
        use(WORTH);
        backlog.written(session, WORTH);
        backlog.written(session, START);

        assertThat(session.hasUnwrittenActivity(Duration.ZERO)).isFalse();
    }

    /**
     * Four threads use two sessions, so that each use is worth writing, while one writes; at the end everything is
     * written.
     */
    @Test
    void noUseIsForgottenWhileOthersAreWritten() throws Exception {
        int rounds = 20_000;
        int users = 4;
        List<LiveSession<String>> sessions = List.of(session, fixture.open("two"));
        ActivityBacklog<String> eager = new ActivityBacklog<>(Duration.ZERO);
        AtomicInteger moment = new AtomicInteger();
        AtomicInteger busy = new AtomicInteger(users);
        Callable<Boolean> user = () -> {
            for (int round = 0; round < rounds; round++) {
                eager.recordActivity(sessions.get(round % 2), START.plusMillis(moment.incrementAndGet()), USE);
            }
            return busy.decrementAndGet() >= 0;
        };
        Callable<Boolean> writer = () -> {
            boolean last = false;
            while (!last) {
                last = busy.get() == 0;
                for (LiveSession<String> taken : eager.take(ALL)) {
                    eager.written(taken, taken.lastActivity());
                }
            }
            return true;
        };
        try (AllAtOnce threads = new AllAtOnce()) {
            threads.call(Stream.of(user, user, user, user, writer).toList());
        }

        assertThat(eager.size()).isZero();
        assertThat(sessions).noneMatch(one -> one.hasUnwrittenActivity(Duration.ZERO));
    }
}
