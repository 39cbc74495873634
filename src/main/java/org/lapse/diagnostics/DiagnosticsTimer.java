package org.lapse.diagnostics;

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
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.clock.WallClock;

/** Forgets, once an hour, what clients told longer ago than {@code lapse.diagnostics.kept}. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DiagnosticsTimer {
    private static final Logger LOG = Logger.getLogger(DiagnosticsTimer.class.getName());
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Resource
    private TimerService timers;

    @Inject
    private Diagnostics diagnostics;

    @Inject
    private WallClock clock;

    @Inject
    @ConfigProperty(name = "lapse.diagnostics.kept", defaultValue = "P7D")
    private Duration kept;

    @PostConstruct
    void start() {
        timers.createIntervalTimer(HOUR, HOUR, new TimerConfig("forget diagnostics", false));
    }

    @Timeout
    void forget() {
        try {
            diagnostics.forgetBefore(clock.now().minus(kept));
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Could not forget what clients told; the next turn tries again", e);
        }
    }
}
