package org.lapse.sessions.expiry;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.timer.RecurringTask;
import org.lapse.platform.timer.RecurringTasks;
import org.lapse.sessions.session.ActivityWriter;
import org.lapse.sessions.session.DeadlineEnforcement;

/**
 * Writes activity down in batches, and once a minute ends sessions whose life was over while none of their tokens was
 * alive.
 */
@Singleton
@Startup
@DependsOn("Restoration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ActivityTimer {
    private static final String WRITE = "write activity";
    private static final String END_FORGOTTEN = "end what was forgotten";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int BATCH = 500;

    @Resource
    private TimerService timers;

    @Inject
    private ActivityWriter writer;

    @Inject
    private DeadlineEnforcement dueSessions;

    @Inject
    private WallClock clock;

    @Inject
    private RecurringTasks tasks;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask writing;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask endingForgotten;

    @PostConstruct
    void start() {
        writing = tasks.create("write activity down", writer.period());
        endingForgotten = tasks.create("end sessions whose life was over", MINUTE);
        startTimer(WRITE, writer.period());
        startTimer(END_FORGOTTEN, MINUTE);
    }

    private void startTimer(String name, Duration period) {
        timers.createIntervalTimer(period.toMillis(), period.toMillis(), new TimerConfig(name, false));
    }

    @Timeout
    @Lock(LockType.READ)
    void tick(Timer timer) {
        if (WRITE.equals(timer.getInfo())) {
            writing.run(() -> writer.writeBacklog(writing::progress));
        } else {
            endingForgotten.run(() -> endForgotten(clock.now()));
        }
    }

    private void endForgotten(Instant now) {
        while (dueSessions.endForgotten(now, BATCH) == BATCH) {
            endingForgotten.progress();
        }
    }
}
