package org.lapse.insight.delivery;

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
import java.time.Instant;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.outbound.OutboundCalls;
import org.lapse.platform.timer.RecurringTask;
import org.lapse.platform.timer.RecurringTasks;

/** Looks twice a second whether something is to be delivered, and now and then how much waits. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeliveryTimer {
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);

    @Resource
    private TimerService timers;

    @Inject
    private Dispatch dispatch;

    @Inject
    private OutboundCalls calls;

    @Inject
    private Backlogs backlogs;

    @Inject
    private DeliveryMetrics metrics;

    @Inject
    private WallClock clock;

    @Inject
    private RecurringTasks tasks;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask delivering;

    private volatile Instant nextCount = Instant.MIN;

    @PostConstruct
    void start() {
        delivering = tasks.create("deliver what others must hear of", PERIOD);
        timers.createIntervalTimer(PERIOD.toMillis(), PERIOD.toMillis(), new TimerConfig("deliveries", false));
    }

    @Timeout
    @Lock(LockType.READ)
    void tick() {
        calls.endOverdue();
        delivering.run(() -> {
            dispatch.look();
            Instant now = clock.now();
            if (!now.isBefore(nextCount)) {
                nextCount = now.plus(BETWEEN_COUNTS);
                dispatch.tidy();
                metrics.show(backlogs.ofAll(now));
            }
        });
    }

    @PreDestroy
    void stop() {
        dispatch.stop();
    }
}
