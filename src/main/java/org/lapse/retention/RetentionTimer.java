package org.lapse.retention;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.AccessTimeout;
import jakarta.ejb.DependsOn;
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
import org.lapse.clock.WallClock;

/** Has everything forgotten that has been kept for long enough: at the start, and then whenever an hour has passed on the wall. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RetentionTimer {
    private static final Logger LOG = Logger.getLogger(RetentionTimer.class.getName());
    private static final Duration BETWEEN = Duration.ofHours(1);

    /** How often to look at the clock, which may be put forward. */
    private static final long LOOK_MILLIS = Duration.ofSeconds(5).toMillis();

    @Resource
    private TimerService timers;

    @Inject
    private Instance<Retention> retentions;

    @Inject
    private Forgetting forgetting;

    @Inject
    private WallClock clock;

    private Instant next = Instant.MIN;

    /** Asks for each retention once, so that one which cannot be stops the start. */
    @PostConstruct
    void start() {
        retentions.forEach(retention -> LOG.log(Level.FINE, "Keeps {0}", retention));
        timers.createIntervalTimer(
                LOOK_MILLIS, LOOK_MILLIS, new TimerConfig("forget what was kept for long enough", false));
    }

    @Timeout
    @AccessTimeout(0)
    void look() {
        Instant now = clock.now();
        if (!now.isBefore(next)) {
            next = now.plus(BETWEEN);
            retentions.forEach(retention -> forget(retention, now));
        }
    }

    private void forget(Retention retention, Instant now) {
        try {
            while (forgetting.forgetSome(retention, now)) {
                LOG.log(Level.FINEST, "There may be more {0} to forget", retention.what());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "Could not forget old " + retention.what() + "; the next turn tries again");
        }
    }
}
