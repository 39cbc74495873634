package org.lapse.audit;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
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
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.clock.WallClock;

/** Forgets, once an hour, the records that are older than {@code lapse.audit.kept}: a bounded batch in each transaction. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditTimer {
    private static final Logger LOG = Logger.getLogger(AuditTimer.class.getName());
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int BATCH = 1000;

    @Resource
    private TimerService timers;

    @Inject
    private Audit audit;

    @Inject
    private WallClock clock;

    @Inject
    @ConfigProperty(name = "lapse.audit.kept", defaultValue = "P365D")
    private Duration kept;

    @PostConstruct
    void start() {
        if (kept.isZero() || kept.isNegative()) {
            throw new IllegalArgumentException("lapse.audit.kept is longer than nothing, not " + kept);
        }
        timers.createIntervalTimer(HOUR, HOUR, new TimerConfig("forget old audit records", false));
    }

    @Timeout
    void forget() {
        Instant moment = clock.now().minus(kept);
        try {
            while (audit.forgetBefore(moment, BATCH) == BATCH) {
                LOG.finest("A full batch was old: there may be more");
            }
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Could not forget old audit records; the next turn tries again", e);
        }
    }
}
