package org.lapse.oauth;

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
import org.lapse.clock.WallClock;

/** Forgets, once an hour, the codes and refresh tokens that expired so long ago that nobody learns from their reuse. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SpentGrantsTimer {
    private static final Logger LOG = Logger.getLogger(SpentGrantsTimer.class.getName());
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final Duration KEPT = Duration.ofDays(1);

    @Resource
    private TimerService timers;

    @Inject
    private AuthorizationCodes codes;

    @Inject
    private RefreshTokens refreshTokens;

    @Inject
    private WallClock clock;

    @PostConstruct
    void start() {
        timers.createIntervalTimer(HOUR, HOUR, new TimerConfig("forget spent grants", false));
    }

    @Timeout
    void forget() {
        Instant before = clock.now().minus(KEPT);
        try {
            codes.forgetExpiredBefore(before);
            refreshTokens.forgetExpiredBefore(before);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Could not forget spent grants; the next turn tries again", e);
        }
    }
}
