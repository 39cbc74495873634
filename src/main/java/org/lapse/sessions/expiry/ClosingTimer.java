package org.lapse.sessions.expiry;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.lapse.platform.timer.RecurringTask;
import org.lapse.platform.timer.RecurringTasks;
import org.lapse.sessions.nodes.ClusterSettings;

/**
 * Has the ledger read what was committed and not told to it: four times a second where the node is alone, and among
 * others with each {@link Closing}.
 */
@Singleton
@Startup
@DependsOn("Restoration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ClosingTimer {
    private static final Duration PERIOD_ALONE = Duration.ofMillis(250);

    @Resource
    private TimerService timers;

    @Inject
    private Closing closing;

    @Inject
    private ClusterSettings settings;

    @Inject
    private RecurringTasks tasks;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask reading;

    @PostConstruct
    void start() {
        Duration period = settings.isEnabled() ? settings.poll() : PERIOD_ALONE;
        reading = tasks.create("read what was committed and not told to the ledger", period);
        timers.createIntervalTimer(period.toMillis(), period.toMillis(), new TimerConfig("closing", false));
    }

    @Timeout
    @Lock(LockType.READ)
    void readWhatWasMissed() {
        reading.run(closing::turn);
    }
}
