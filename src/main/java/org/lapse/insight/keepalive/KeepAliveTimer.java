package org.lapse.insight.keepalive;

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
import org.lapse.platform.timer.RecurringTask;
import org.lapse.platform.timer.RecurringTasks;

/** Has resets of timers counted once a second, and the counts written every five. */
@Singleton
@Startup
@DependsOn("Restoration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KeepAliveTimer {
    private static final Duration COUNT_EVERY = Duration.ofSeconds(1);
    private static final Duration WRITE_EVERY = Duration.ofSeconds(5);
    private static final String WRITE = "write counts of calls";

    @Resource
    private TimerService timers;

    @Inject
    private KeepAlive keepAlive;

    @Inject
    private RecurringTasks tasks;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask counting;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask writing;

    @PostConstruct
    void start() {
        counting = tasks.create("count the calls that reset timers", COUNT_EVERY);
        writing = tasks.create("write down the counts of calls", WRITE_EVERY);
        startTimer("count calls", COUNT_EVERY);
        startTimer(WRITE, WRITE_EVERY);
    }

    private void startTimer(String name, Duration period) {
        timers.createIntervalTimer(period.toMillis(), period.toMillis(), new TimerConfig(name, false));
    }

    @Timeout
    @Lock(LockType.READ)
    void tick(Timer timer) {
        if (WRITE.equals(timer.getInfo())) {
            writing.run(keepAlive::write);
        } else {
            counting.run(keepAlive::count);
        }
    }
}
