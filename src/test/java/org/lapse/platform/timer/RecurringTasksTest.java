package org.lapse.platform.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lapse.platform.clock.Uptime;

class RecurringTasksTest {
    private final RecurringTasks tasks = new RecurringTasks(new Uptime());

    @Test
    void namesThoseThatHaveNotRun() {
        tasks.create("write activity down", Duration.ofHours(1));
        tasks.create("end sessions", Duration.ofMinutes(-1)).run(() -> {});

        assertThat(tasks.overdue()).containsExactly("end sessions");
    }

    @Test
    void nothingIsOverdueAtTheStart() {
        tasks.create("end sessions", Duration.ofMillis(100));

        assertThat(tasks.overdue()).isEmpty();
    }
}
