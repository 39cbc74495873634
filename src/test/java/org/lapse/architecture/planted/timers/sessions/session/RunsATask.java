package org.lapse.architecture.planted.timers.sessions.session;

import jakarta.ejb.Timeout;
import org.lapse.platform.timer.RecurringTask;

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
