package org.lapse.sessions.session;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** Says that all activity up to a moment stands in the database, because the server was shut down in order. */
@Entity
class ActivityCheckpoint {
    static final int ONLY = 1;

    @Id
    private int id;

    private Instant completeAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected ActivityCheckpoint() {}

    ActivityCheckpoint(Instant completeAt) {
        this.id = ONLY;
        this.completeAt = completeAt;
    }

    Instant completeAt() {
        return completeAt;
    }
}
