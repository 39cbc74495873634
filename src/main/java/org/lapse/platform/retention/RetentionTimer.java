package org.lapse.platform.retention;

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
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.timer.RecurringTask;
import org.lapse.platform.timer.RecurringTasks;

/**
 * Has everything forgotten that has been kept for long enough: at the start, and then whenever an hour has passed on
 * the wall.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RetentionTimer {
    private static final Logger LOG = Logger.getLogger(RetentionTimer.class.getName());
    private static final Duration BETWEEN = Duration.ofHours(1);

    /** How often to look at the clock, which may be put forward. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    @Resource
    private TimerService timers;

    @Inject
    private Instance<Retention> retentions;

    @Inject
    private Forgetting forgetting;

    @Inject
    private WallClock clock;

    @Inject
    private RecurringTasks tasks;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask forgettingOld;

    private volatile Instant next = Instant.MIN;

    /** Asks for each retention once, so that one which cannot be stops the start. */
    @PostConstruct
    void start() {
        retentions.forEach(retention -> LOG.log(Level.FINE, "Keeps {0}", retention));
        forgettingOld = tasks.create("forget what was kept for long enough", LOOK);
        timers.createIntervalTimer(LOOK.toMillis(), LOOK.toMillis(), new TimerConfig("retention", false));
    }

    @Timeout
    @Lock(LockType.READ)
    void look() {
        forgettingOld.run(() -> lookAt(clock.now()));
    }

    private void lookAt(Instant now) {
        if (!now.isBefore(next)) {
            next = now.plus(BETWEEN);
            retentions.forEach(retention -> forget(retention, now));
        }
    }

    /** Things of one kind that cannot be forgotten keep none of another kind. */
    private void forget(Retention retention, Instant now) {
        try {
            Portions.forgetAll(portion -> forgetting.forgetSome(retention, portion, now), forgettingOld::progress);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "Could not forget old " + retention.what() + "; the next hour tries again");
        }
    }
}
