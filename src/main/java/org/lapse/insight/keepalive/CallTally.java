package org.lapse.insight.keepalive;

import java.time.Instant;
import java.util.UUID;

/** What was counted of one call of one application, in a quarter of an hour, and is not yet written down. */
final class CallTally {
    private long resets;
    private long unattended;
    private long kept;
    private long keptAlone;
    private long steady;
    private long steadyMillis;

    /**
     * Which call.
     *
     * @param from the beginning of the quarter of an hour
     * @param call as {@link org.lapse.sessions.session.ActivitySources} names it
     */
    record Key(Instant from, UUID organizationId, String applicationId, String call) {
        Key other() {
            return new Key(from, organizationId, applicationId, "other");
        }
    }

    void reset(boolean byMachineAlone, long interval) {
        resets++;
        unattended += byMachineAlone ? 1 : 0;
        if (interval > 0) {
            steady++;
            steadyMillis += interval;
        }
    }

    void kept() {
        kept++;
    }

    void keptAlone() {
        keptAlone++;
    }

    long resets() {
        return resets;
    }

    long unattended() {
        return unattended;
    }

    long keptSessions() {
        return kept;
    }

    long keptSessionsAlone() {
        return keptAlone;
    }

    long steady() {
        return steady;
    }

    long steadyMillis() {
        return steadyMillis;
    }

    /** Adds another one of the same call. */
    void add(CallTally other) {
        resets += other.resets;
        unattended += other.unattended;
        kept += other.kept;
        keptAlone += other.keptAlone;
        steady += other.steady;
        steadyMillis += other.steadyMillis;
    }
}
