package org.lapse.insight.notification;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
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

/** Keeps sockets alive and closes those that cannot stay, twice a second, and once an hour forgets expired channels. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChannelsTimer {
    private static final Duration PERIOD = Duration.ofMillis(500);

    @Resource
    private TimerService timers;

    @Inject
    private Sockets sockets;

    @Inject
    private RecurringTasks tasks;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask lookingAfter;

    @PostConstruct
    void start() {
        lookingAfter = tasks.create("look after the sockets", PERIOD);
        timers.createIntervalTimer(PERIOD.toMillis(), PERIOD.toMillis(), new TimerConfig("sockets", false));
    }

    @Timeout
    @Lock(LockType.READ)
    void tick() {
        lookingAfter.run(sockets::tick);
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
