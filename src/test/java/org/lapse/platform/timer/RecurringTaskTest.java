package org.lapse.platform.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurringTaskTest {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** Ten periods, and half a minute for a turn that takes long. */
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final Duration TICK = Duration.ofNanos(1);

    private final Logger logger = Logger.getLogger(RecurringTask.class.getName());
    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler keeper = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private Duration uptime = Duration.ofHours(1);
    private final RecurringTask task = new RecurringTask("end sessions", PERIOD, () -> uptime);
    private final AtomicInteger turns = new AtomicInteger();

    @BeforeEach
    void listen() {
        logger.addHandler(keeper);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(keeper);
        logger.setUseParentHandlers(true);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, NoClassDefFoundError.class})
    void noFailureLeavesATurnAndTheNextOneComes(Class<? extends Throwable> failure) {
        assertThatCode(() -> task.run(() -> fail(failure))).doesNotThrowAnyException();
        task.run(turns::incrementAndGet);

        assertThat(turns).hasValue(1);
    }

    @Test
    void aFailureIsLoggedWhenItBeginsAndWhenItIsOver() {
        task.run(() -> fail(IllegalStateException.class));
        task.run(() -> fail(IllegalStateException.class));
        task.run(() -> fail(StackOverflowError.class));
        task.run(turns::incrementAndGet);
        task.run(turns::incrementAndGet);

        assertThat(logged).extracting(LogRecord::getLevel).containsExactly(Level.SEVERE, Level.SEVERE, Level.INFO);
        assertThat(logged.get(0).getMessage()).isEqualTo("Could not end sessions; each further turn tries again");
        assertThat(logged.get(0).getThrown()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTurnThatComesWhileTheLastIsAtWorkIsLeftOut() {
        task.run(() -> task.run(turns::incrementAndGet));

        assertThat(turns).hasValue(0);
        task.run(turns::incrementAndGet);
        assertThat(turns).hasValue(1);
    }

    @Test
    void itIsOverdueAfterTenTurnsThatDidNotComeAndHalfAMinute() {
        assertThat(task.isOverdue(uptime.plus(LIMIT))).isFalse();
        assertThat(task.isOverdue(uptime.plus(LIMIT).plus(TICK))).isTrue();
        letPass(LIMIT.plus(TICK));
        task.run(turns::incrementAndGet);
        assertThat(task.isOverdue(uptime)).isFalse();
    }

    @Test
    void aTurnThatFailsHasRun() {
        letPass(LIMIT);
        task.run(() -> fail(IllegalStateException.class));

        assertThat(task.isOverdue(uptime.plus(LIMIT))).isFalse();
    }

    @Test
    void aTurnThatStandsStillIsOverdueAndOneThatGetsOnIsNot() {
        task.run(() -> {
            letPass(LIMIT.plus(TICK));
            assertThat(task.isOverdue(uptime)).isTrue();
            task.progress();
            assertThat(task.isOverdue(uptime)).isFalse();
        });
        assertThat(logged).as("what the turn has asserted").isEmpty();
    }

    private void letPass(Duration time) {
        uptime = uptime.plus(time);
    }

    private static void fail(Class<? extends Throwable> failure) {
        if (failure == StackOverflowError.class) {
            throw new StackOverflowError();
        }
        if (failure == NoClassDefFoundError.class) {
            throw new NoClassDefFoundError("gone");
        }
        throw new IllegalStateException("for now");
    }
}
