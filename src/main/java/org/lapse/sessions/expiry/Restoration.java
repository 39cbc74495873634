package org.lapse.sessions.expiry;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.database.LongWork;
import org.lapse.sessions.session.SessionRestoration;

/**
 * The first and the last thing that happens to the ledger: it is read back at the start and written down at the stop.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Restoration {
    private static final Logger LOG = Logger.getLogger(Restoration.class.getName());

    /** Nobody is served before it is done. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Inject
    private SessionRestoration restoration;

    @Inject
    private Membership membership;

    @Inject
    private LongWork longWork;

    @Inject
    private WallClock clock;

    @PostConstruct
    void readBack() {
        Instant begun = clock.now();
        long count = longWork.during(PATIENCE, () -> restoration.readBack(begun));
        LOG.log(
                Level.INFO,
                () -> "Read " + count + " live sessions back in "
                        + Duration.between(begun, clock.now()).toMillis() + " ms");
        membership.join();
    }

    @PreDestroy
    void writeDown() {
        membership.leave();
    }
}
