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

    private int uses;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected LimitUse() {}

    Instant begunAt() {
        return begunAt;
    }

    /**
     * Makes as many as there may be of those that are wanted, and counts from anew where the day is over.
     *
     * @param dayBefore the beginning of a day that is over now
     */
    int use(int wanted, int most, Instant dayBefore, Instant now) {
        if (!begunAt.isAfter(dayBefore)) {
            begunAt = now;
            uses = 0;
        }
        int permitted = Math.max(0, Math.min(wanted, most - uses));
        uses += permitted;
        return permitted;
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
