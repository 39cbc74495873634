package org.lapse.organizations.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who gets the next permit, and who is turned away. */
class PrioritySemaphoreTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final PrioritySemaphore semaphore = new PrioritySemaphore(1, 3);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private int began;

    @Test
    void freePermitIsGivenAtOnce() {
        PrioritySemaphore two = new PrioritySemaphore(2, 0);

        assertThat(two.tryAcquire(9, Duration.ZERO)).isTrue();
        assertThat(two.tryAcquire(0, Duration.ZERO)).isTrue();
        assertThat(two.tryAcquire(0, LONG)).isFalse();
    }

    @Test
    void lowestRankComesFirstAndAmongEqualsTheEarliest() {
        semaphore.tryAcquire(0, LONG);
        CompletableFuture<Boolean> suspect = begin("suspect", 7, LONG);
        CompletableFuture<Boolean> first = begin("first", 0, LONG);
        CompletableFuture<Boolean> second = begin("second", 0, LONG);

        semaphore.release();

        assertThat(List.of(first.join(), second.join(), suspect.join())).containsOnly(true);
        assertThat(order).containsExactly("first", "second", "suspect");
    }

    @Test
    void whoWaitsTooLongIsTurnedAwayAndTakesNoPermit() {
        semaphore.tryAcquire(0, LONG);

        assertThat(semaphore.tryAcquire(0, Duration.ofMillis(1))).isFalse();

        assertThat(semaphore.waiting()).isZero();
        semaphore.release();
        assertThat(semaphore.tryAcquire(0, Duration.ZERO)).isTrue();
    }

    @Test
    void lastInTheOrderMakesRoomForWhoComesBeforeIt() {
        semaphore.tryAcquire(0, LONG);
        CompletableFuture<Boolean> worst = begin("worst", 9, LONG);
        CompletableFuture<Boolean> bad = begin("bad", 5, LONG);
        CompletableFuture<Boolean> alsoBad = begin("also bad", 5, LONG);

        assertThat(semaphore.tryAcquire(9, LONG))
                .as("a fourth of the same rank")
                .isFalse();
        CompletableFuture<Boolean> good = CompletableFuture.supplyAsync(() -> acquireAndRelease("good", 0, LONG));

        assertThat(worst.join()).isFalse();
        semaphore.release();
        assertThat(List.of(good.join(), bad.join(), alsoBad.join())).containsOnly(true);
        assertThat(order).containsExactly("good", "bad", "also bad");
    }

    @Test
    void interruptedThreadIsTurnedAwayAndStaysInterrupted() {
        semaphore.tryAcquire(0, LONG);
        Thread.currentThread().interrupt();

        assertThat(semaphore.tryAcquire(0, LONG)).isFalse();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(semaphore.waiting()).isZero();
    }

    @Test
    void withoutPermitsNobodyWouldEverGetOne() {
        assertThatThrownBy(() -> new PrioritySemaphore(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Somebody who waits in a thread of their own; returns when they wait. */
    private CompletableFuture<Boolean> begin(String name, int rank, Duration patience) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        new Thread(() -> result.complete(acquireAndRelease(name, rank, patience))).start();
        began++;
        await().until(() -> semaphore.waiting() == began);
        return result;
    }

    private boolean acquireAndRelease(String name, int rank, Duration patience) {
        boolean acquired = semaphore.tryAcquire(rank, patience);
        if (acquired) {
            order.add(name);
            semaphore.release();
        }
        return acquired;
    }
}
