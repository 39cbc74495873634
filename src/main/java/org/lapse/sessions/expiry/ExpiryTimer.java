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
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.timer.RecurringTask;
import org.lapse.platform.timer.RecurringTasks;
import org.lapse.sessions.session.DeadlineEnforcement;

/**
 * Asks the ledger several times a second for sessions past their deadline, and has them ended or locked. The timer is
 * not persistent and every node has its own: the update behind it changes each session once, no matter which node runs
 * it.
 */
@Singleton
@Startup
@DependsOn("Restoration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ExpiryTimer {
    @Resource
    private TimerService timers;

    @Inject
    private DeadlineEnforcement dueSessions;

    @Inject
    private WallClock clock;

    @Inject
    @ConfigProperty(name = "lapse.expiry.period", defaultValue = "PT0.1S")
    private Duration period;

    @Inject
    private RecurringTasks tasks;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask ending;

    @PostConstruct
    void start() {
        ending = tasks.create("end or lock the sessions past their deadline, which stay refused", period);
        timers.createIntervalTimer(period.toMillis(), period.toMillis(), new TimerConfig("expiry", false));
    }

    /** Settles batch after batch until nothing is due; where the database fails, the next turn tries again. */
    @Timeout
    @Lock(LockType.READ)
    void endWhatIsDue() {
        ending.run(() -> {
            while (dueSessions.settle(clock.now())) {
                ending.progress();
            }
        });
    }
}
