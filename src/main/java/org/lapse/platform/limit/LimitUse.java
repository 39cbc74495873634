package org.lapse.platform.limit;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.time.Instant;

/** How much somebody has made since a moment. */
@Entity
class LimitUse {
    @EmbeddedId
    @SuppressWarnings("UnusedVariable") // queries read it
    private Key key;

    private Instant begunAt;

    @SuppressWarnings("UnusedVariable") // queries read and write it
    private int uses;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected LimitUse() {}

    Instant begunAt() {
        return begunAt;
    }

    /**
     * Who, and what.
     *
     * @param what the label of what is limited
     * @param holder the id of a user, or of an application, or both
     */
    @Embeddable
    record Key(String what, String holder) {}
}
