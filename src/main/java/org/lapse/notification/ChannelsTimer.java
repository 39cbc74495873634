package org.lapse.notification;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
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
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps sockets alive and closes those that cannot stay, twice a second, and once an hour forgets expired channels. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChannelsTimer {
    private static final Logger LOG = Logger.getLogger(ChannelsTimer.class.getName());
    private static final long PERIOD = Duration.ofMillis(500).toMillis();

    @Resource
    private TimerService timers;

    @Inject
    private Sockets sockets;

    @PostConstruct
    void start() {
        timers.createIntervalTimer(PERIOD, PERIOD, new TimerConfig("look after the sockets", false));
    }

    @Timeout
    @AccessTimeout(0)
    void tick() {
        try {
            sockets.tick();
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Could not look after the sockets; the next turn tries again", e);
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
