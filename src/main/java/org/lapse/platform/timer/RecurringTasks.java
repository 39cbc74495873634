package org.lapse.platform.timer;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.lapse.platform.clock.Uptime;

/** All recurring tasks of this node. */
@Singleton
public class RecurringTasks {
    private final Uptime uptime;
    private final List<RecurringTask> tasks = new CopyOnWriteArrayList<>();

    @Inject
    RecurringTasks(Uptime uptime) {
        this.uptime = uptime;
    }

    /**
     * A new task.
     *
     * @param purpose what it is there for, as a log says it: {@code end inactive sessions}
     * @param period how often its timer fires
     */
    public RecurringTask create(String purpose, Duration period) {
        RecurringTask task = new RecurringTask(purpose, period, uptime::elapsed);
        tasks.add(task);
        return task;
    }

    /** The purposes of the tasks that have not shown any progress for too long. */
    public List<String> overdue() {
        Duration now = uptime.elapsed();
        return tasks.stream()
                .filter(task -> task.isOverdue(now))
                .map(RecurringTask::purpose)
                .toList();
    }
}
