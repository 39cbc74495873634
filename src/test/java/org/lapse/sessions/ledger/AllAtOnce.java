package org.lapse.sessions.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Threads that begin their tasks at the same moment, so that the tasks race. */
final class AllAtOnce implements AutoCloseable {

    /** After so many the other thread has no processor, perhaps because there is only one. */
    private static final int MANY_SPINS = 1_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Runs the tasks and gives their results in the same order; fails if one of them does. */
    <R> List<R> call(List<Callable<R>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        List<Future<R>> running = new ArrayList<>();
        for (Callable<R> task : tasks) {
            running.add(threads.submit(() -> {
                start.await(1, TimeUnit.MINUTES);
                return task.call();
            }));
        }
        List<R> results = new ArrayList<>();
        for (Future<R> result : running) {
            results.add(result.get(1, TimeUnit.MINUTES));
        }
        return results;
    }

    /**
     * Runs two tasks over and over on two threads, so that they begin each round within some ten nanoseconds of each
     * other. One waits a little before it begins, each round a little longer, so that every order comes up.
     */
    void race(int rounds, IntConsumer one, IntConsumer other) throws Exception {
        AtomicInteger arrivals = new AtomicInteger();
        call(List.of(
                () -> race(rounds, arrivals, round -> {
                    hesitate(round % 64);
                    one.accept(round);
                }),
                () -> race(rounds, arrivals, round -> {
                    hesitate(32);
                    other.accept(round);
                })));
    }

    private static boolean race(int rounds, AtomicInteger arrivals, IntConsumer task) {
        try {
            for (int round = 0; round < rounds; round++) {
                int all = 2 * round + 2;
                arrivals.incrementAndGet();
                for (int spins = 0; arrivals.get() < all; spins++) {
                    if (spins < MANY_SPINS) {
                        Thread.onSpinWait();
                    } else {
                        LockSupport.parkNanos(1);
                    }
                }
                task.accept(round);
            }
            return true;
        } finally {
            // Lets the other one go, should this one have failed.
            arrivals.addAndGet(2 * rounds);
        }
    }

    private static void hesitate(int steps) {
        for (int i = 0; i < steps; i++) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
