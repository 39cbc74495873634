package org.lapse.insight.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedQuestionTest {
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<Runnable> hanging = new ArrayDeque<>();
    private Duration uptime = Duration.ZERO;

    @Test
    void aGoodAnswerInTimeIsGood() {
        assertThat(question(asked::incrementAndGet, Runnable::run).isAnswered()).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void aRefusalIsNotAndTheNextAnswerCountsAgain() {
        BoundedQuestion question = question(
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new SQLException("the disk is full");
                    }
                },
                Runnable::run);

        assertThat(question.isAnswered()).isFalse();
        assertThat(question.isAnswered()).isTrue();
    }

    @Test
    void anErrorIsNotEither() {
        assertThat(question(
                                () -> {
                                    throw new StackOverflowError();
                                },
                                Runnable::run)
                        .isAnswered())
                .isFalse();
    }

    @Test
    void whatHangsIsWaitedForForABoundedTimeAndAskedOnce() {
        BoundedQuestion question = question(asked::incrementAndGet, hanging::add);

        assertThat(question.isAnswered()).isFalse();
        uptime = uptime.plus(PATIENCE);
        assertThat(question.isAnswered()).as("without any further wait").isFalse();
        assertThat(hanging).hasSize(1);
    }

    @Test
    void afterALateAnswerItIsAskedAnew() {
        BoundedQuestion question = question(asked::incrementAndGet, hanging::add);
        assertThat(question.isAnswered()).isFalse();

        hanging.remove().run();
        assertThat(question.isAnswered())
                .as("a late answer tells nothing about now")
                .isFalse();
        assertThat(hanging).hasSize(1);
        hanging.remove().run();
        assertThat(asked).hasValue(2);
    }

    @Test
    void whereNobodyCanAskThereIsNoAnswer() {
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };

        assertThat(question(asked::incrementAndGet, full).isAnswered()).isFalse();
    }

    private BoundedQuestion question(BoundedQuestion.Question question, Executor executor) {
        return new BoundedQuestion("the database", question, executor, PATIENCE, () -> uptime);
    }
}
