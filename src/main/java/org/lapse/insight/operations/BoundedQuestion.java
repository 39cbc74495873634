package org.lapse.insight.operations;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A question whose answer may take for ever: it is asked in a thread of its own, and anybody who wants to know waits
 * for a bounded time only. No more than one is under way at a time; those who come meanwhile wait for the same one. The
 * next is asked when that one is over.
 */
final class BoundedQuestion {
    private static final Logger LOG = Logger.getLogger(BoundedQuestion.class.getName());

    private final String name;
    private final Question question;
    private final Executor executor;
    private final Duration patience;
    private final Supplier<Duration> uptime;

    private @Nullable Asked latest;
    private boolean failing;

    /**
     * A question that has not been asked yet.
     *
     * @param name what is asked, for the log: {@code the database}
     * @param question what is asked
     * @param executor where it is asked
     * @param patience how long one answer is waited for, from the moment when it was asked
     * @param uptime how long the program has been running
     */
    BoundedQuestion(String name, Question question, Executor executor, Duration patience, Supplier<Duration> uptime) {
        this.name = name;
        this.question = question;
        this.executor = executor;
        this.patience = patience;
        this.uptime = uptime;
    }

    /** Whether it is answered well and in time. */
    boolean isAnswered() {
        try {
            Asked asked = underWay();
            Duration left = patience.minus(uptime.get().minus(asked.at));
            asked.answer.get(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
            tell(null);
            return true;
        } catch (TimeoutException | ExecutionException | RejectedExecutionException e) {
            tell(e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized Asked underWay() {
        Asked asked = latest;
        if (asked == null || asked.answer.isDone()) {
            asked = new Asked(new CompletableFuture<>(), uptime.get());
            executor.execute(asked.askIn(question));
            latest = asked;
        }
        return asked;
    }

    /** Logs when it begins to fail and when it is over. */
    private synchronized void tell(@Nullable Exception failure) {
        if (failure != null && !failing) {
            LOG.log(Level.WARNING, failure, () -> "Not ready: " + name + " gives no good answer within " + patience);
        } else if (failure == null && failing) {
            LOG.log(Level.INFO, "{0} answers again", name);
        }
        failing = failure != null;
    }

    /** What is asked. */
    interface Question {
        /** Returns if all is well. */
        void ask() throws Exception;
    }

    /** One question, and since when it is under way. */
    private record Asked(CompletableFuture<Boolean> answer, Duration at) {
        Runnable askIn(Question question) {
            return () -> {
                try {
                    question.ask();
                    answer.complete(true);
                } catch (
                        Throwable e) { // the one who waits hears of it, and a question without an end would be the last
                    answer.completeExceptionally(e);
                }
            };
        }
    }
}
