package org.lapse.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How far the written activity may lag behind the true one: {@code lapse.activity.write-tolerance}.
 *
 * <p>Half of it may pass before activity is worth a write, a quarter at the most between two looks, and the last quarter
 * is for the write itself. So a session that is read back after a crash was active at the latest one whole tolerance
 * after its written activity.
 */
@Singleton
class WriteTolerance {
    private final Duration tolerance;

    @Inject
    WriteTolerance(
            @ConfigProperty(name = "lapse.activity.write-tolerance", defaultValue = "PT15S") Duration tolerance) {
        if (tolerance.toMillis() < 100) {
            throw new IllegalArgumentException("lapse.activity.write-tolerance is at least PT0.1S, not " + tolerance);
        }
        this.tolerance = tolerance;
    }

    /** By how much activity must have moved to be worth a write. */
    Duration worthWriting() {
        return tolerance.dividedBy(2);
    }

    /** How long to wait between two looks at what moved: a quarter of the tolerance, and a second at the most. */
    Duration period() {
        Duration quarter = tolerance.dividedBy(4);
        return quarter.compareTo(Duration.ofSeconds(1)) < 0 ? quarter : Duration.ofSeconds(1);
    }

    /** The latest moment at which a session with that written activity can have been active before a crash. */
    Instant latestPossible(Instant written, Instant readBackAt) {
        Instant latest = written.plus(tolerance);
        return latest.isBefore(readBackAt) ? latest : readBackAt;
    }
}
