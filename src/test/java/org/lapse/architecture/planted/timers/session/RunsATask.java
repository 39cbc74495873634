package org.lapse.architecture.planted.timers.session;

import jakarta.ejb.Timeout;
import org.lapse.timer.RecurringTask;

class RunsATask {
    private final RecurringTask task;

    RunsATask(RecurringTask task) {
        this.task = task;
    }

    @Timeout
    void tick() {
        task.run(Thread::onSpinWait);
    }
}
