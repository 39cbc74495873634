package org.lapse.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that begin their tasks at the same moment, so that the tasks race. */
final class AllAtOnce implements AutoCloseable {

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

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
