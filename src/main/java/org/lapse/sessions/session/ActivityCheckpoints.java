package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** The mark that an orderly shutdown leaves for the next start. */
@Singleton
@Transactional
class ActivityCheckpoints {
    private final EntityManager entities;

    @Inject
    ActivityCheckpoints(EntityManager entities) {
        this.entities = entities;
    }

    /** All activity up to now has been written. */
    void complete(Instant now) {
        entities.merge(new ActivityCheckpoint(now));
    }

    /** Takes the mark away; answers whether it was there. */
    boolean take() {
        ActivityCheckpoint mark = entities.find(ActivityCheckpoint.class, ActivityCheckpoint.ONLY);
        if (mark != null) {
            entities.remove(mark);
        }
        return mark != null;
    }
}
