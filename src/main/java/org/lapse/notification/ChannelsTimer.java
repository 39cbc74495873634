package org.lapse.notification;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
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
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.clock.WallClock;

/** Keeps sockets alive and closes those that cannot stay, twice a second, and once an hour forgets expired channels. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChannelsTimer {
    private static final Logger LOG = Logger.getLogger(ChannelsTimer.class.getName());
    private static final String TICK = "look after the sockets";
    private static final String FORGET = "forget expired channels";
    private static final long PERIOD = Duration.ofMillis(500).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Resource
    private TimerService timers;

    @Inject
    private Sockets sockets;

    @Inject
    private Channels channels;

    @Inject
    private WallClock clock;

    @PostConstruct
    void start() {
        timers.createIntervalTimer(PERIOD, PERIOD, new TimerConfig(TICK, false));
        timers.createIntervalTimer(HOUR, HOUR, new TimerConfig(FORGET, false));
    }

    @Timeout
    @AccessTimeout(0)
    void tick(Timer timer) {
        try {
            if (TICK.equals(timer.getInfo())) {
                sockets.tick();
            } else {
                channels.forgetExpired(clock.now());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "Could not " + timer.getInfo() + "; the next turn tries again");
        }
    }

    @PreDestroy
    void stop() {
        try {
            sockets.closeAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
