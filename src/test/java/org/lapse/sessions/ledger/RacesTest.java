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
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users of comparable systems have complained about, each as a race that is run thousands of times. */
class RacesTest {

    private static final int ROUNDS = 5_000;
    private static final int THREADS = 4;
    private static final Instant INACTIVE_AT = START.plus(TIMEOUT);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;
    private final AllAtOnce allAtOnce = new AllAtOnce();

    @AfterEach
    void stopThreads() {
        allAtOnce.close();
    }

    @Test
    void lastActivityNeverGoesBack() throws Exception {
        LiveSession<String> session = fixture.open("token");

        allAtOnce.race(
                10 * ROUNDS, round -> recordAndLook(session, round, 7), round -> recordAndLook(session, round, 13));
    }

    /** Of two who record at the same time now the one and now the other is ahead. */
    private static void recordAndLook(LiveSession<String> session, int round, int stride) {
        Instant moment = START.plusMillis(round * 10L + round * stride % 20);

        assertThat(session.recordActivity(moment, USE)).isTrue();
        assertThat(session.lastActivity()).isAfterOrEqualTo(moment);
    }

    @Test
    void aLateActivityDoesNotReviveAnEndedSession() throws Exception {
        List<LiveSession<String>> sessions = open(ROUNDS);
        allAtOnce.race(ROUNDS, round -> fixture.end(sessions.get(round)), round -> sessions.get(round)
                .recordActivity(START.plus(TICK), USE));

        assertThat(sessions).allMatch(session -> session.status(START) == SessionStatus.ENDED);
        assertThat(ledger.size()).isZero();
        assertThat(ledger.takePassed(START.plus(LIFE), ALL)).isEmpty();
    }

    @Test
    void anActivityEitherComesInTimeOrIsRefusedByTheSweep() throws Exception {
        List<LiveSession<String>> sessions = open(ROUNDS);
        boolean[] inTime = new boolean[ROUNDS];
        allAtOnce.race(
                ROUNDS,
                round -> sessions.get(round).status(INACTIVE_AT),
                round -> inTime[round] = sessions.get(round).recordActivity(INACTIVE_AT.minus(TICK), USE));

        for (int round = 0; round < ROUNDS; round++) {
            assertThat(sessions.get(round).status(START))
                    .isEqualTo(inTime[round] ? SessionStatus.ACTIVE : SessionStatus.INACTIVE);
        }
        assertThat(ledger.takePassed(INACTIVE_AT, ALL))
                .extracting(PassedDeadline::session)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, ROUNDS)
                        .filter(round -> !inTime[round])
                        .mapToObj(sessions::get)
                        .toList());
    }

    @Test
    void anActivityDoesNotUndoALock() throws Exception {
        List<LiveSession<String>> sessions = open(ROUNDS);
        allAtOnce.race(ROUNDS, round -> fixture.lock(sessions.get(round)), round -> sessions.get(round)
                .recordActivity(START.plus(TICK), USE));

        assertThat(sessions).allMatch(session -> session.status(START) == SessionStatus.LOCKED);
        assertThat(ledger.locked()).isEqualTo(ROUNDS);
    }

    @Test
    void neitherALockNorAnUnlockUndoesAnEnd() throws Exception {
        List<LiveSession<String>> sessions = open(ROUNDS);
        List<List<CommittedState<String>>> changes = sessions.stream()
                .map(session -> List.of(
                        fixture.database.lock(session.id()).orElseThrow(),
                        fixture.database.unlock(session.id(), START.plus(TICK)).orElseThrow(),
                        fixture.database.lock(session.id()).orElseThrow(),
                        fixture.database.end(session.id()).orElseThrow()))
                .toList();
        allAtOnce.race(ROUNDS, round -> ledger.apply(changes.get(round).get(3), START), round -> changes.get(round)
                .subList(0, 3)
                .forEach(change -> ledger.apply(change, START)));

        assertThat(sessions).allMatch(session -> session.status(START) == SessionStatus.ENDED);
        assertThat(ledger.size()).isZero();
        assertThat(ledger.locked()).isZero();
        assertThat(ledger.takePassed(START.plus(LIFE), ALL)).isEmpty();
    }

    @Test
    void anEndThatComesFromTwoAtTheSameTimeIsOne() throws Exception {
        List<LiveSession<String>> sessions = open(ROUNDS);
        sessions.forEach(fixture::lock);
        sessions.forEach(session -> fixture.database.end(session.id()));
        IntConsumer end =
                round -> ledger.apply(fixture.database.read(sessions.get(round).id()), START);
        allAtOnce.race(ROUNDS, end, end);

        assertThat(sessions).allMatch(session -> session.status(START) == SessionStatus.ENDED);
        assertThat(ledger.size()).isZero();
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void sweepsAtTheSameTimeTakeEachSessionOnce() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            fixture.open("token" + i);
        }

        List<List<PassedDeadline<String>>> taken = allAtOnce.call(each(THREADS, thread -> {
            List<PassedDeadline<String>> mine = new ArrayList<>();
            List<PassedDeadline<String>> next;
            do {
                next = ledger.takePassed(INACTIVE_AT, 100);
                mine.addAll(next);
            } while (!next.isEmpty());
            return mine;
        }));

        assertThat(taken.stream().flatMap(List::stream).map(PassedDeadline::session))
                .hasSize(20_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void aSweepDuringAChangeTakesASessionOnce() throws Exception {
        List<SessionLedger<String>> ledgers = new ArrayList<>();
        List<SharedTimeout> timeouts = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            SharedTimeout timeout = SharedTimeout.of(Optional.of(TIMEOUT));
            SessionLedger<String> one =
                    new SessionLedger<>(new DeadlineWheel<>(START, 8), LedgerFixture.sharing(timeout));
            one.apply(Row.opened("token", 1, "token").whole(), START);
            ledgers.add(one);
            timeouts.add(timeout);
        }
        AtomicInteger taken = new AtomicInteger();
        allAtOnce.race(
                ROUNDS,
                round -> taken.addAndGet(
                        ledgers.get(round).takePassed(INACTIVE_AT, ALL).size()),
                round -> ledgers.get(round).change(timeouts.get(round), Optional.of(TICK), START));

        ledgers.forEach(one -> taken.addAndGet(one.takePassed(INACTIVE_AT, ALL).size()));
        assertThat(taken).hasValue(ROUNDS);
    }

    @Test
    void aShorterTimeoutReachesSessionsThatAreOpenedMeanwhile() throws Exception {
        Duration shorter = Duration.ofMinutes(10);
        for (int round = 0; round < 200; round++) {
            LedgerFixture fresh = new LedgerFixture();
            allAtOnce.call(each(THREADS, thread -> {
                if (thread == 0) {
                    fresh.ledger.change(fresh.halfAnHour, Optional.of(shorter), START);
                } else {
                    IntStream.range(0, 25).forEach(i -> fresh.open(thread + "/" + i));
                }
                return thread;
            }));

            assertThat(fresh.ledger.takePassed(START.plus(shorter), ALL)).hasSize(25 * (THREADS - 1));
        }
    }

    @Test
    void whateverHappensEverySessionIsEndedOrTakenInTheEnd() throws Exception {
        int count = 300;
        List<LiveSession<String>> sessions = IntStream.range(0, count)
                .mapToObj(i -> fixture.open("token" + i))
                .toList();

        List<List<LiveSession<String>>> gone = allAtOnce.call(each(THREADS, thread -> {
            Random random = new Random(thread);
            List<LiveSession<String>> mine = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                LiveSession<String> session = sessions.get(random.nextInt(count));
                Instant now = START.plusMillis(i * 500L);
                switch (random.nextInt(100)) {
                    case 0 -> fixture.lock(session);
                    case 1, 2 -> fixture.unlock(session, now);
                    case 4 -> ledger.change(fixture.halfAnHour, Optional.of(Duration.ofMinutes(1 + i % 60)), now);
                    case 5 -> {
                        if (i > 15_000 && fixture.end(session)) {
                            mine.add(session);
                        }
                    }
                    case 6, 7, 8 -> ledger.takePassed(now, 10).forEach(due -> ledger.offerAgain(due.session()));
                    default -> session.recordActivity(now, USE);
                }
            }
            return mine;
        }));

        List<LiveSession<String>> locked = sessions.stream()
                .filter(session ->
                        fixture.database.row(session.id()).filter(Row::locked).isPresent())
                .toList();
        assertThat(locked).isNotEmpty().allMatch(session -> session.status(START) == SessionStatus.LOCKED);
        assertThat(ledger.locked()).isEqualTo(locked.size());
        List<LiveSession<String>> ended = gone.stream().flatMap(List::stream).toList();
        List<LiveSession<String>> left = ledger.takePassed(START.plus(LIFE), ALL).stream()
                .map(PassedDeadline::session)
                .toList();
        assertThat(ended).isNotEmpty();
        assertThat(left).isNotEmpty().doesNotContainAnyElementsOf(ended);
        List<LiveSession<String>> all = new ArrayList<>(ended);
        all.addAll(left);
        assertThat(all).containsExactlyInAnyOrderElementsOf(sessions);
        assertThat(ledger.size()).isEqualTo(left.size());
        left.forEach(fixture::end);
        assertThat(ledger.size()).isZero();
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void manyThreadsDigestTheSameTokenToTheSameDigest() throws Exception {
        List<TokenDigest> expected = IntStream.range(0, 100)
                .mapToObj(i -> TokenDigest.of("token" + i))
                .toList();

        assertThat(allAtOnce.call(each(THREADS * 32, thread -> {
                    for (int i = 0; i < 1000; i++) {
                        if (!TokenDigest.of("token" + i % 100).equals(expected.get(i % 100))) {
                            return false;
                        }
                    }
                    return true;
                })))
                .containsOnly(true);
    }

    private List<LiveSession<String>> open(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> fixture.open("token" + i))
                .toList();
    }

    private static <R> List<Callable<R>> each(int threads, IntFunction<R> task) {
        return IntStream.range(0, threads)
                .<Callable<R>>mapToObj(thread -> () -> task.apply(thread))
                .toList();
    }
}
