package org.lapse.insight.delivery;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.OAuthClient;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.retention.Retention;

/** What waits for whom, as administrators see it and change it. Each method is one transaction. */
@Singleton
@Transactional
class Backlogs {
    private final EntityManager entities;
    private final Applications applications;
    private final WallClock clock;
    private final Event<Administered> administered;
    private final Event<Outbox.Written> written;

    @Inject
    Backlogs(
            EntityManager entities,
            Applications applications,
            WallClock clock,
            Event<Administered> administered,
            Event<Outbox.Written> written) {
        this.entities = entities;
        this.applications = applications;
        this.clock = clock;
        this.administered = administered;
        this.written = written;
    }

    @Produces
    static Retention retention(@ConfigProperty(name = "lapse.delivery.kept", defaultValue = "P7D") Duration kept) {
        return Retention.of("deliveries that are over", Delivery.class, "e.doneAt", kept);
    }

    /** All that waits in the installation. */
    DeliveryMetrics.Backlog ofAll(Instant now) {
        Object[] row = (Object[])
                entities.createQuery("select count(d), min(d.createdAt) from Delivery d where d.doneAt is null")
                        .getSingleResult();
        return row[1] instanceof Instant oldest
                ? new DeliveryMetrics.Backlog(((Number) row[0]).longValue(), Duration.between(oldest, now))
                : DeliveryMetrics.Backlog.NONE;
    }

    /** The receivers of the caller's organization, by name. */
    List<ReceiverBody> list(Caller caller) {
        Map<String, Object[]> waiting = entities.createQuery(
                        "select d.receiverId, count(d), min(d.createdAt) from Delivery d where d.doneAt is null"
                                + " and d.organizationId = :organization group by d.receiverId",
                        Object[].class)
                .setParameter("organization", caller.organizationId())
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> row));
        return entities.createQuery("select r from Receiver r where r.organizationId = :organization", Receiver.class)
                .setParameter("organization", caller.organizationId())
                .getResultStream()
                .flatMap(receiver -> applications
                        .readClient(receiver.id())
                        .map(Versioned::value)
                        .filter(client -> waiting.containsKey(client.id()) || wantsToHear(client))
                        .map(client -> ReceiverBody.of(receiver, client, waiting.get(client.id())))
                        .stream())
                .sorted(Comparator.comparing(ReceiverBody::name).thenComparing(ReceiverBody::id))
                .toList();
    }

    private static boolean wantsToHear(OAuthClient client) {
        return !client.isDeleted() && client.backchannelLogoutUri().isPresent();
    }

    /**
     * Sends at once what waits for a receiver, and once more what was refused or given up and is not forgotten yet.
     *
     * @throws ApiException 404 where the organization has no such receiver
     */
    void sendAgain(Caller caller, String receiverId) {
        entities.createNativeQuery("select id from delivery_receiver where id = :id for update")
                .setParameter("id", receiverId)
                .getResultList();
        Receiver receiver = entities.find(Receiver.class, receiverId);
        if (receiver == null || !receiver.organizationId().equals(caller.organizationId())) {
            throw ApiException.notFound();
        }
        receiver.startAnew();
        Instant now = clock.now();
        entities.createNativeQuery("update delivery set due_at = :now where receiver_id = :id and done_at is null")
                .setParameter("now", now)
                .setParameter("id", receiverId)
                .executeUpdate();
        entities.createNativeQuery("update delivery set due_at = :now, done_at = null, outcome = null, attempts = 0,"
                        + " give_up_at = :giveUp where receiver_id = :id and outcome in ('REFUSED', 'GIVEN_UP')")
                .setParameter("now", now)
                .setParameter("giveUp", now.plus(Outbox.WORTH_A_TRY))
                .setParameter("id", receiverId)
                .executeUpdate();
        administered.fire(new Administered(caller, "delivery.send-again", "application", receiverId, null, null));
        written.fire(new Outbox.Written());
    }
}
