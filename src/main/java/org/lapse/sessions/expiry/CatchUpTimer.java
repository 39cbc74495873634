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
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.timer.RecurringTask;
import org.lapse.platform.timer.RecurringTasks;
import org.lapse.sessions.session.LedgerProjection;

/** Has the ledger read, four times a second, what was committed and not told to it. */
@Singleton
@Startup
@DependsOn("Restoration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CatchUpTimer {
    private static final Duration PERIOD = Duration.ofMillis(250);

    @Resource
    private TimerService timers;

    @Inject
    private LedgerProjection projection;

    @Inject
    private WallClock clock;

    @Inject
    private RecurringTasks tasks;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask reading;

    @PostConstruct
    void start() {
        reading = tasks.create("read what was committed and not told to the ledger", PERIOD);
        timers.createIntervalTimer(PERIOD.toMillis(), PERIOD.toMillis(), new TimerConfig("catch-up", false));
    }

    @Timeout
    @Lock(LockType.READ)
    void readWhatWasMissed() {
        reading.run(() -> projection.catchUp(clock.now()));
    }
}
