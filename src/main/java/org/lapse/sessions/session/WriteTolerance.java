package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How far the written activity may lag behind the true one: {@code lapse.activity.write-tolerance}.
 *
 * <p>Half of it may pass before activity is worth a write; the other half is for the write itself. So a session that is
 * read back after a crash counts as active one whole tolerance after its written activity, and while it is used again
 * and again that is never too early. Only the first use after a longer quiet time lies beyond, until it is written: at
 * once, and if {@link ActivityDurability} wants it, before the use is answered.
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

    /** How much later than the written activity a session counts as active after a crash. */
    Duration whole() {
        return tolerance;
    }

    /** The latest moment at which a session with that written activity can have been active before a crash. */
    Instant latestPossible(Instant written, Instant readBackAt) {
        Instant latest = written.plus(tolerance);
        return latest.isBefore(readBackAt) ? latest : readBackAt;
    }
}
