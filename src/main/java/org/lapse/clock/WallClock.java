package org.lapse.clock;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clock on the wall: Coordinated Universal Time as this machine knows it, in milliseconds. */
@Singleton
public class WallClock {
    /** The present moment, cut to whole milliseconds, the unit in which the ledger counts. */
    public Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
