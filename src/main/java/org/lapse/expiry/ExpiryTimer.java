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
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.clock.WallClock;
import org.lapse.session.DueSessions;

/**
 * Asks the ledger several times a second for sessions past their deadline, and has them ended or locked. The timer is not
 * persistent and every node has its own: the update behind it changes each session once, whoever runs it.
 */
@Singleton
@Startup
@DependsOn("Restoration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ExpiryTimer {
    private static final Logger LOG = Logger.getLogger(ExpiryTimer.class.getName());

    @Resource
    private TimerService timers;

    @Inject
    private DueSessions dueSessions;

    @Inject
    private WallClock clock;

    @Inject
    @ConfigProperty(name = "lapse.expiry.period", defaultValue = "PT0.1S")
    private Duration period;

    private boolean failing;

    @PostConstruct
    void start() {
        timers.createIntervalTimer(period.toMillis(), period.toMillis(), new TimerConfig("expiry", false));
    }

    /** Settles batch after batch until nothing is due; where the database fails, the next turn tries again. */
    @Timeout
    @AccessTimeout(0)
    void endWhatIsDue() {
        try {
            while (dueSessions.settle(clock.now())) {
                LOG.finest("There may be more that are due");
            }
            if (failing) {
                LOG.info("Sessions past their deadline are being ended again");
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.log(Level.SEVERE, "Sessions past their deadline stay refused, but could not be ended", e);
            }
            failing = true;
        }
    }
}
