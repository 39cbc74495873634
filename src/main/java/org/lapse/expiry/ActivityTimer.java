package org.lapse.expiry;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.AccessTimeout;
import jakarta.ejb.DependsOn;
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
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.clock.WallClock;
import org.lapse.session.ActivityWriter;
import org.lapse.session.DueSessions;

/** Writes activity down in batches, and once a minute ends sessions whose life was over while none of their tokens was alive. */
@Singleton
@Startup
@DependsOn("Restoration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ActivityTimer {
    private static final Logger LOG = Logger.getLogger(ActivityTimer.class.getName());
    private static final String WRITE = "write activity";
    private static final String END_FORGOTTEN = "end what was forgotten";
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final int BATCH = 500;

    @Resource
    private TimerService timers;

    @Inject
    private ActivityWriter writer;

    @Inject
    private DueSessions dueSessions;

    @Inject
    private WallClock clock;

    @PostConstruct
    void start() {
        long period = writer.period().toMillis();
        timers.createIntervalTimer(period, period, new TimerConfig(WRITE, false));
        timers.createIntervalTimer(MINUTE, MINUTE, new TimerConfig(END_FORGOTTEN, false));
    }

    @Timeout
    @AccessTimeout(0)
    void tick(Timer timer) {
        try {
            if (WRITE.equals(timer.getInfo())) {
                writer.writeWhatMoved();
            } else {
                endForgotten(clock.now());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "Could not " + timer.getInfo() + "; the next turn tries again");
        }
    }

    private void endForgotten(Instant now) {
        while (dueSessions.endForgotten(now, BATCH) == BATCH) {
            LOG.finest("A full batch was over: there may be more");
        }
    }
}
