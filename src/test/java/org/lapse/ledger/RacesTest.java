package org.lapse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.ledger.LedgerFixture.ALL;
import static org.lapse.ledger.LedgerFixture.LIFE;
import static org.lapse.ledger.LedgerFixture.START;
import static org.lapse.ledger.LedgerFixture.TICK;
import static org.lapse.ledger.LedgerFixture.TIMEOUT;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users of comparable systems have complained about, each as a race that is run many times. */
class RacesTest {

    private static final int ROUNDS = 2_000;
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

        List<Instant> latest = allAtOnce.call(each(THREADS, thread -> {
            Random random = new Random(thread);
            Instant mine = START;
            for (int i = 0; i < 100_000; i++) {
                Instant moment = START.plusMillis(random.nextInt(1_000_000));
                mine = moment.isAfter(mine) ? moment : mine;
                assertThat(session.recordActivity(moment)).isTrue();
                assertThat(session.lastActivity()).isAfterOrEqualTo(mine);
            }
            return mine;
        }));

        assertThat(session.lastActivity()).isEqualTo(Collections.max(latest));
    }

    @Test
    void aLateActivityDoesNotReviveAnEndedSession() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            LiveSession<String> session = fixture.open("token");
            allAtOnce.call(List.of(
                    () -> ledger.end(session),
                    () -> session.recordActivity(START.plus(TICK)),
                    () -> session.recordActivity(START.plus(TICK).plus(TICK))));

            assertThat(session.standing(START)).isEqualTo(Standing.ENDED);
            assertThat(session.recordActivity(START)).isFalse();
            assertThat(ledger.find("token")).isEmpty();
        }
        assertThat(ledger.takeDue(START.plus(LIFE), ALL)).isEmpty();
    }

    @Test
    void anActivityEitherComesInTimeOrIsRefusedByTheSweep() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            LiveSession<String> session = fixture.open("token");
            List<Boolean> results = allAtOnce.call(List.of(
                    () -> !ledger.takeDue(INACTIVE_AT, ALL).isEmpty(),
                    () -> session.recordActivity(INACTIVE_AT.minus(TICK))));

            assertThat(results.get(0)).isNotEqualTo(results.get(1));
            ledger.end(session);
        }
    }

    @Test
    void anActivityDoesNotUndoALock() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            LiveSession<String> session = fixture.open("token");
            allAtOnce.call(List.of(() -> ledger.lock(session), () -> session.recordActivity(START.plus(TICK))));

            assertThat(session.standing(START.plus(TICK))).isEqualTo(Standing.LOCKED);
            ledger.end(session);
        }
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void anUnlockDoesNotUndoAnEnd() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            LiveSession<String> session = fixture.open("token");
            ledger.lock(session);
            allAtOnce.call(List.of(() -> ledger.end(session), () -> ledger.unlock(session, START.plus(TICK))));

            assertThat(session.standing(START)).isEqualTo(Standing.ENDED);
        }
        assertThat(ledger.locked()).isZero();
        assertThat(ledger.takeDue(START.plus(LIFE), ALL)).isEmpty();
    }

    @Test
    void onlyOneEndsASession() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            LiveSession<String> session = fixture.open("token");

            assertThat(allAtOnce.call(each(THREADS, thread -> ledger.end(session))))
                    .containsOnlyOnce(true);
        }
    }

    @Test
    void sweepsAtTheSameTimeTakeEachSessionOnce() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            fixture.open("token" + i);
        }

        List<List<Due<String>>> taken = allAtOnce.call(each(THREADS, thread -> {
            List<Due<String>> mine = new ArrayList<>();
            List<Due<String>> next;
            do {
                next = ledger.takeDue(INACTIVE_AT, 100);
                mine.addAll(next);
            } while (!next.isEmpty());
            return mine;
        }));

        assertThat(taken.stream().flatMap(List::stream).map(Due::session))
                .hasSize(20_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void ofManyNewTokensOneIsKnown() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            LiveSession<String> session = fixture.open("old");
            allAtOnce.call(each(THREADS, thread -> {
                ledger.replaceToken(session, TokenDigest.of("new" + thread));
                return thread;
            }));

            assertThat(ledger.size()).isEqualTo(1);
            assertThat(ledger.find(session.token())).containsSame(session);
            ledger.end(session);
        }
    }

    @Test
    void aSessionThatEndsWhileItGetsANewTokenIsForgotten() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            LiveSession<String> session = fixture.open("old");
            allAtOnce.call(List.of(() -> ledger.end(session), () -> {
                ledger.replaceToken(session, TokenDigest.of("new"));
                return true;
            }));

            assertThat(ledger.size()).isZero();
        }
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

            assertThat(fresh.ledger.takeDue(START.plus(shorter), ALL)).hasSize(25 * (THREADS - 1));
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
                    case 0 -> ledger.lock(session);
                    case 1, 2 -> ledger.unlock(session, now);
                    case 3 -> ledger.replaceToken(session, TokenDigest.of(thread + "/" + i));
                    case 4 -> ledger.change(fixture.halfAnHour, Optional.of(Duration.ofMinutes(1 + i % 60)), now);
                    case 5 -> {
                        if (i > 15_000 && ledger.end(session)) {
                            mine.add(session);
                        }
                    }
                    case 6, 7, 8 -> ledger.takeDue(now, 10).forEach(due -> ledger.offerAgain(due.session()));
                    default -> session.recordActivity(now);
                }
            }
            return mine;
        }));

        List<LiveSession<String>> ended = gone.stream().flatMap(List::stream).toList();
        List<LiveSession<String>> left =
                ledger.takeDue(START.plus(LIFE), ALL).stream().map(Due::session).toList();
        assertThat(ended).isNotEmpty();
        assertThat(left).isNotEmpty().doesNotContainAnyElementsOf(ended);
        List<LiveSession<String>> all = new ArrayList<>(ended);
        all.addAll(left);
        assertThat(all).containsExactlyInAnyOrderElementsOf(sessions);
        assertThat(ledger.size()).isEqualTo(left.size());
        left.forEach(ledger::end);
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

    private static <R> List<Callable<R>> each(int threads, IntFunction<R> task) {
        return IntStream.range(0, threads)
                .<Callable<R>>mapToObj(thread -> () -> task.apply(thread))
                .toList();
    }
}
