package org.lapse.organizations.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lapse.platform.api.ApiException;

class StrangersInTurnTest {
    private static final Executor THREADS = work -> new Thread(work).start();

    @Test
    void fewAreAtTheRowsOfAnAccountAtTheSameTimeAndAllComeToTheirTurn() {
        StrangersInTurn turns = new StrangersInTurn();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> strangers = new ArrayList<>();
        for (int stranger = 0; stranger < 20; stranger++) {
            strangers.add(CompletableFuture.runAsync(
                    () -> turns.enter(1, () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        sleep();
                        return inside.decrementAndGet();
                    }),
                    THREADS));
        }

        CompletableFuture.allOf(strangers.toArray(CompletableFuture<?>[]::new)).join();

        assertThat(most.get()).isBetween(1, StrangersInTurn.PLACES);
    }

    @Test
    void whoWaitsTooLongIsAnswered503AndOthersAccountsAreFree() throws Exception {
        StrangersInTurn turns = new StrangersInTurn(Duration.ofMillis(50));
        CountDownLatch inside = new CountDownLatch(StrangersInTurn.PLACES);
        CountDownLatch leave = new CountDownLatch(1);
        for (int stranger = 0; stranger < StrangersInTurn.PLACES; stranger++) {
            THREADS.execute(() -> turns.enter(1, () -> {
                inside.countDown();
                return awaitQuietly(leave);
            }));
        }
        inside.await();

        assertThatThrownBy(() -> turns.enter(1, () -> "never"))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.status())
                        .isEqualTo(503));
        assertThat(turns.enter(2, () -> "at once")).isEqualTo("at once");
        leave.countDown();
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
