package org.lapse.insight.keepalive;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** What one node has counted of one call of one application, in a quarter of an hour. */
@Entity
@SuppressWarnings("UnusedVariable") // queries read them
class CallCount {
    @Id
    private UUID id;

    private Instant startedAt;

    private UUID organizationId;

    private String applicationId;

    private String callName;

    private long resets;
    private long unattended;
    private long kept;
    private long keptAlone;
    private long steady;
    private long steadyMillis;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected CallCount() {}

    CallCount(CallTally.Key key, UUID writer) {
        this.id = idOf(key, writer);
        this.startedAt = key.from();
        this.organizationId = key.organizationId();
        this.applicationId = key.applicationId();
        this.callName = key.call();
    }

    /** Each node has rows of its own, so that none waits for another. */
    static UUID idOf(CallTally.Key key, UUID writer) {
        return UUID.nameUUIDFromBytes((key.from().getEpochSecond() + "\n" + key.organizationId() + "\n"
                        + key.applicationId() + "\n" + key.call() + "\n" + writer)
                .getBytes(StandardCharsets.UTF_8));
    }

    UUID id() {
        return id;
    }

    void add(CallTally counted) {
        resets += counted.resets();
        unattended += counted.unattended();
        kept += counted.keptSessions();
        keptAlone += counted.keptSessionsAlone();
        steady += counted.steady();
        steadyMillis += counted.steadyMillis();
    }
}
