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
import org.lapse.platform.api.DatabaseAdmission;
import org.lapse.platform.clock.MonotonicClock;
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

    /** A node whose turn takes longer than this part of its lease is about to lose it. */
    private static final int PARTS_OF_LEASE = 6;

    @Resource
    private TimerService timers;

    @Inject
    private Closing closing;

    @Inject
    private ClusterSettings settings;

    @Inject
    private RecurringTasks tasks;

    @Inject
    private DatabaseAdmission admission;

    @Inject
    private MonotonicClock monotonic;

    private volatile long lastTurn;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask reading;

    @PostConstruct
    void start() {
        Duration period = settings.isEnabled() ? settings.poll() : PERIOD_ALONE;
        reading = tasks.create("read what was committed and not told to the ledger", period);
        lastTurn = monotonic.nanos();
        if (settings.isEnabled()) {
            admission.giveWay(this::isLate);
        }
        timers.createIntervalTimer(period.toMillis(), period.toMillis(), new TimerConfig("closing", false));
    }

    @Timeout
    @Lock(LockType.READ)
    void readWhatWasMissed() {
        reading.run(() -> {
            closing.turn();
            lastTurn = monotonic.nanos();
            admission.hadItsTurn();
        });
    }

    /** Calls that wait for the database must not cost this node its lease, and everybody their access. */
    private boolean isLate() {
        return monotonic.nanos() - lastTurn
                > settings.lease().dividedBy(PARTS_OF_LEASE).toNanos();
    }
}
