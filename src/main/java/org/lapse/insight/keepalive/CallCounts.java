package org.lapse.insight.keepalive;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lapse.platform.retention.Retention;

/** The counts of all nodes, as their rows have them. They are kept for a week and a day. */
@Singleton
@Transactional
class CallCounts {
    private static final Duration KEPT = Duration.ofDays(8);
    private static final int MOST = 100;

    private final EntityManager entities;

    /** This life of this node, whose rows no other one writes. */
    private final UUID writer = UUID.randomUUID();

    @Produces
    static Retention retention() {
        return Retention.of("counts of the calls that reset timers", CallCount.class, "e.startedAt", KEPT);
    }

    @Inject
    CallCounts(EntityManager entities) {
        this.entities = entities;
    }

    /** Adds what this node has counted. */
    void add(Map<CallTally.Key, CallTally> counted) {
        if (counted.isEmpty()) {
            return;
        }
        List<UUID> ids = counted.keySet().stream()
                .map(key -> CallCount.idOf(key, writer))
                .toList();
        Map<UUID, CallCount> known = entities.createQuery(
                        "select c from CallCount c where c.id in :ids", CallCount.class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(CallCount::id, Function.identity()));
        counted.forEach((key, tally) -> {
            CallCount row = known.get(CallCount.idOf(key, writer));
            if (row == null) {
                row = new CallCount(key, writer);
                entities.persist(row);
            }
            row.add(tally);
        });
    }

    /**
     * The calls that reset most timers while nobody was there, 100 at most: first those by which most sessions live.
     *
     * @param applicationId only those of one application
     */
    List<Sum> since(UUID organizationId, Instant from, Optional<String> applicationId) {
        return entities.createQuery(
                        "select c.callName, sum(c.resets), sum(c.unattended), sum(c.kept), sum(c.keptAlone),"
                                + " sum(c.steady), sum(c.steadyMillis) from CallCount c"
                                + " where c.organizationId = :organization and c.startedAt >= :from"
                                + " and (:application = '' or c.applicationId = :application) group by c.callName"
                                + " order by sum(c.kept) desc, sum(c.unattended) desc, sum(c.resets) desc, c.callName",
                        Object[].class)
                .setParameter("organization", organizationId)
                .setParameter("from", from)
                .setParameter("application", applicationId.orElse(""))
                .setMaxResults(MOST)
                .getResultStream()
                .map(row -> new Sum(
                        (String) row[0],
                        (Long) row[1],
                        (Long) row[2],
                        (Long) row[3],
                        (Long) row[4],
                        (Long) row[5],
                        (Long) row[6]))
                .toList();
    }

    /**
     * What all nodes have counted of a call.
     *
     * @param resets how often it reset a timer
     * @param unattended how often while nobody was there since it came before
     * @param kept how many sessions would have lapsed without it and the other calls that come by themselves
     * @param keptAlone how many would have lapsed without it alone
     * @param steady how often it came in its rhythm
     * @param steadyMillis the sum of the intervals of those
     */
    record Sum(String call, long resets, long unattended, long kept, long keptAlone, long steady, long steadyMillis) {}
}
