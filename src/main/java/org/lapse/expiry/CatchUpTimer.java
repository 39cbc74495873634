package org.lapse.expiry;

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
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.clock.WallClock;
import org.lapse.session.LedgerProjection;

/** Has the ledger read, four times a second, what was committed and not told to it. */
@Singleton
@Startup
@DependsOn("Restoration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CatchUpTimer {
    private static final Logger LOG = Logger.getLogger(CatchUpTimer.class.getName());
    private static final long PERIOD_MILLIS = 250;

    @Resource
    private TimerService timers;

    @Inject
    private LedgerProjection projection;

    @Inject
    private WallClock clock;

    private boolean failing;

    @PostConstruct
    void start() {
        timers.createIntervalTimer(PERIOD_MILLIS, PERIOD_MILLIS, new TimerConfig("read what was missed", false));
    }

    /** Survives everything, because Payara drops a timer whose method throws twice. */
    @Timeout
    @AccessTimeout(0)
    @SuppressWarnings("CatchThrowable")
    void readWhatWasMissed() {
        try {
            projection.catchUp(clock.now());
            failing = false;
        } catch (Throwable e) {
            if (!failing) {
                LOG.log(Level.SEVERE, "What was missed could not be read; the next turn tries again", e);
            }
            failing = true;
        }
    }
}
