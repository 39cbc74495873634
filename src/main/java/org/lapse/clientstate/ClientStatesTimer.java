package org.lapse.clientstate;

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
import org.lapse.clock.WallClock;

/** Forgets, once an hour, the documents that have been kept for long enough. Until then they are not given out any more. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ClientStatesTimer {
    private static final Logger LOG = Logger.getLogger(ClientStatesTimer.class.getName());
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Resource
    private TimerService timers;

    @Inject
    private ClientStates states;

    @Inject
    private WallClock clock;

    @PostConstruct
    void start() {
        timers.createIntervalTimer(HOUR, HOUR, new TimerConfig("forget client states", false));
    }

    @Timeout
    void forget() {
        try {
            states.forgetExpired(clock.now());
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Could not forget the states of clients; the next turn tries again", e);
        }
    }
}
