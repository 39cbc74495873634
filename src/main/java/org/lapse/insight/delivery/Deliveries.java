package org.lapse.insight.delivery;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.database.RowLocks;

/**
 * The rows of what waits, as nodes take them and write down what came of it. Each method is one transaction. Rows that
 * another node has locked are passed over, so no row is with two nodes, unless one was killed with it.
 */
@Singleton
@Transactional
class Deliveries {
    private static final String FREE =
            " and d.done_at is null and d.due_at <= :now" + " and (d.taken_until is null or d.taken_until <= :now)";

    private final EntityManager entities;
    private final Event<ReceiverFailing> failing;

    @Inject
    Deliveries(EntityManager entities, Event<ReceiverFailing> failing) {
        this.entities = entities;
        this.failing = failing;
    }

    /** The receivers for whom something is due, none that is to be left alone at present. */
    List<Receiver> due(Instant now) {
        List<?> found = entities.createNativeQuery(
                        "select r.* from delivery_receiver r where (r.paused_until is null or r.paused_until <= :now)"
                                + " and exists (select 1 from delivery d where d.receiver_id = r.id" + FREE + ")",
                        Receiver.class)
                .setParameter("now", now)
                .getResultList();
        return found.stream().map(Receiver.class::cast).toList();
    }

    /**
     * Takes what is due for a receiver, the oldest first, and of each session only its first: what happened later waits
     * until that is done. One that is paused gets one row.
     *
     * @param until so long the rows are with this node
     * @return empty if somebody else has locked the receiver: the others need not wait for that
     */
    Optional<List<Delivery>> take(String receiverId, int most, Instant now, Instant until) {
        Receiver receiver = lockIfFree(receiverId);
        if (receiver == null) {
            return Optional.empty();
        }
        if (most < 1 || receiver.isToBeLeftAlone(now)) {
            return Optional.of(List.of());
        }
        List<?> found = entities.createNativeQuery(
                        "select d.* from delivery d where d.receiver_id = :receiver" + FREE
                                + " and not exists (select 1 from delivery e where e.session_id = d.session_id"
                                + " and e.receiver_id = d.receiver_id and e.done_at is null and e.number < d.number)"
                                + " order by d.due_at, d.number limit :most for update skip locked",
                        Delivery.class)
                .setParameter("now", now)
                .setParameter("receiver", receiverId)
                .setParameter("most", receiver.isPaused() ? 1 : most)
                .getResultList();
        List<Delivery> taken = found.stream().map(Delivery.class::cast).toList();
        if (!taken.isEmpty()) {
            if (receiver.isPaused()) {
                receiver.probe(now);
            }
            entities.createNativeQuery("update delivery set taken_until = :until where id = any(:ids)")
                    .setParameter("until", until)
                    .setParameter("ids", ids(taken.stream()))
                    .executeUpdate();
        }
        return Optional.of(taken);
    }

    /**
     * Gives up what waits for longer than it is worth, and is with no node.
     *
     * @param most so many at once
     * @return what was given up
     */
    List<Delivery> giveUp(Instant now, int most) {
        List<?> found = entities.createNativeQuery(
                        "select d.* from delivery d where d.done_at is null and d.give_up_at <= :now"
                                + " and (d.taken_until is null or d.taken_until <= :now)"
                                + " order by d.number limit :most for update skip locked",
                        Delivery.class)
                .setParameter("now", now)
                .setParameter("most", most)
                .getResultList();
        List<Delivery> late = found.stream().map(Delivery.class::cast).toList();
        if (!late.isEmpty()) {
            entities.createNativeQuery("update delivery set done_at = :now, outcome = :outcome, taken_until = null"
                            + " where id = any(:ids)")
                    .setParameter("now", now)
                    .setParameter("outcome", DeliveryOutcome.GIVEN_UP.name())
                    .setParameter("ids", ids(late.stream()))
                    .executeUpdate();
        }
        return late;
    }

    /** Gives rows back that were not sent. */
    void release(Collection<Delivery> rows) {
        lock(rows.stream().map(Delivery::receiverId).distinct().toList());
        entities.createNativeQuery("update delivery set taken_until = null where id = any(:ids) and done_at is null")
                .setParameter("ids", ids(rows.stream()))
                .executeUpdate();
    }

    /**
     * Writes down what came of attempts, and tells which receivers are paused by it.
     *
     * @return the ids of those that are paused
     */
    Set<String> settle(List<Attempt> attempts) {
        Map<String, Receiver> receivers = lock(attempts.stream()
                .map(attempt -> attempt.delivery().receiverId())
                .distinct()
                .toList());
        for (Attempt attempt : attempts) {
            Receiver receiver = receivers.get(attempt.delivery().receiverId());
            if (receiver != null && receiver.follow(attempt)) {
                failing.fire(ReceiverFailing.of(receiver, attempt.at()));
            }
        }
        Set<String> paused = receivers.values().stream()
                .filter(Receiver::isPaused)
                .map(Receiver::id)
                .collect(Collectors.toUnmodifiableSet());
        for (DeliveryOutcome outcome : DeliveryOutcome.values()) {
            List<Attempt> those =
                    attempts.stream().filter(one -> one.outcome() == outcome).toList();
            if (outcome.isOver()) {
                finish(those, outcome);
            } else {
                those.forEach(this::postpone);
            }
        }
        return paused;
    }

    private void finish(List<Attempt> attempts, DeliveryOutcome outcome) {
        if (!attempts.isEmpty()) {
            entities.createNativeQuery("update delivery set done_at = :at, outcome = :outcome, attempts = attempts + 1,"
                            + " taken_until = null where id = any(:ids) and done_at is null")
                    .setParameter("at", attempts.get(0).at())
                    .setParameter("outcome", outcome.name())
                    .setParameter("ids", ids(attempts.stream().map(Attempt::delivery)))
                    .executeUpdate();
        }
    }

    /** If another node has it by now, that one postpones it. */
    private void postpone(Attempt attempt) {
        entities.createNativeQuery("update delivery set due_at = :next, attempts = attempts + 1, taken_until = null"
                        + " where id = :id and done_at is null and taken_until = :taken")
                .setParameter("taken", attempt.delivery().takenUntil())
                .setParameter("next", attempt.nextAt())
                .setParameter("id", attempt.delivery().id())
                .executeUpdate();
    }

    private @Nullable Receiver lockIfFree(String receiverId) {
        return entities.createNativeQuery("select id from delivery_receiver where id = :id for update skip locked")
                        .setParameter("id", receiverId)
                        .getResultList()
                        .isEmpty()
                ? null
                : entities.find(Receiver.class, receiverId);
    }

    /** Locks the rows of receivers in their order, and reads them as they are then. */
    private Map<String, Receiver> lock(List<String> receiverIds) {
        entities.createNativeQuery("select id from delivery_receiver where id = any(:ids) order by id for update")
                .setParameter("ids", receiverIds.toArray(String[]::new))
                .getResultList();
        Map<String, Receiver> locked = new HashMap<>();
        for (String id : receiverIds) {
            Receiver receiver = entities.find(Receiver.class, id);
            if (receiver != null) {
                locked.put(id, receiver);
            }
        }
        return locked;
    }

    private static UUID[] ids(Stream<Delivery> deliveries) {
        return deliveries.map(Delivery::id).sorted(RowLocks.ORDER).toArray(UUID[]::new);
    }
}
