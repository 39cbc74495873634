package org.lapse.platform.retention;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Forgets what has been kept for long enough, the oldest first, and in each transaction what was over within a portion
 * of time.
 */
@Singleton
@Transactional
class Forgetting {
    private final EntityManager entities;
    private final Instance<StillNeeded> needs;

    @Inject
    Forgetting(EntityManager entities, Instance<StillNeeded> needs) {
        this.entities = entities;
        this.needs = needs;
    }

    /** Forgets a portion; answers whether there may be more. Nodes that do so at once do not disturb each other. */
    boolean forgetSome(Retention retention, Duration portion, Instant now) {
        Instant moment = now.minus(retention.kept());
        String old = " from " + retention.entity().getSimpleName() + " e where " + retention.overAt() + " < :moment"
                + unlessNeeded(retention.entity());
        @Nullable
        Instant oldest = entities.createQuery("select min(" + retention.overAt() + ")" + old, Instant.class)
                .setParameter("moment", moment)
                .getSingleResult();
        if (oldest == null) {
            return false;
        }
        Instant end = oldest.plus(portion);
        entities.createQuery("delete" + old)
                .setParameter("moment", end.isBefore(moment) ? end : moment)
                .executeUpdate();
        return end.isBefore(moment);
    }

    private String unlessNeeded(Class<?> entity) {
        return needs.stream()
                .filter(need -> need.entity().equals(entity))
                .map(need -> " and " + need.isNot())
                .sorted()
                .collect(Collectors.joining());
    }
}
