package org.lapse.insight.delivery;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.lapse.access.oauth.RevokedByClient;
import org.lapse.organizations.application.OAuthClient;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionEvents;

/**
 * Writes down who must hear of what, inside the transaction that does it: what is rolled back is never sent, and what
 * is committed is never forgotten. An end that nobody must hear of costs one look-up in memory.
 */
@Singleton
class Outbox {
    /** A logout is worth a try for so long; then the receiver's own sessions should be over. */
    static final Duration WORTH_A_TRY = Duration.ofHours(24);

    private final EntityManager entities;
    private final LogoutAddresses addresses;
    private final WallClock clock;
    private final Event<Written> written;

    @Inject
    Outbox(EntityManager entities, LogoutAddresses addresses, WallClock clock, Event<Written> written) {
        this.entities = entities;
        this.addresses = addresses;
        this.clock = clock;
        this.written = written;
    }

    /** Something is there to be sent, once the transaction has succeeded. */
    record Written() {}

    /** A lock is no end: the session comes back. An application on its own has signed nobody in. */
    void keep(@Observes SessionEvents happened) {
        List<Logout> logouts = new ArrayList<>();
        happened.of(SessionEvent.SessionEnded.class).forEach(ended -> {
            UUID userId = ended.session().userId();
            if (userId != null) {
                addresses
                        .find(ended.session().applicationId())
                        .map(client -> Logout.of(client, userId, ended))
                        .ifPresent(logouts::add);
            }
        });
        if (!logouts.isEmpty()) {
            insert(logouts, clock.now());
            written.fire(new Written());
        }
    }

    /** All of them with one statement: each column that differs is an array. */
    private void insert(List<Logout> logouts, Instant now) {
        entities.createNativeQuery(
                        "insert into delivery (id, organization_id, kind, receiver_id, session_id, user_id, created_at,"
                                + " due_at, give_up_at) select n.id, n.organization_id, cast(:kind as varchar),"
                                + " n.receiver_id, n.session_id, n.user_id,"
                                + " cast(:now as timestamp(6) with time zone),"
                                + " cast(:now as timestamp(6) with time zone),"
                                + " cast(:giveUp as timestamp(6) with time zone)"
                                + " from unnest(cast(:ids as uuid array), cast(:organizations as uuid array),"
                                + " cast(:receivers as varchar array), cast(:sessions as uuid array),"
                                + " cast(:users as uuid array))"
                                + " as n (id, organization_id, receiver_id, session_id, user_id)")
                .setParameter("kind", DeliveryKind.LOGOUT.name())
                .setParameter("now", now)
                .setParameter("giveUp", now.plus(WORTH_A_TRY))
                .setParameter(
                        "ids", logouts.stream().map(each -> UUID.randomUUID()).toArray(UUID[]::new))
                .setParameter(
                        "organizations",
                        logouts.stream().map(Logout::organizationId).toArray(UUID[]::new))
                .setParameter(
                        "receivers", logouts.stream().map(Logout::receiverId).toArray(String[]::new))
                .setParameter(
                        "sessions", logouts.stream().map(Logout::sessionId).toArray(UUID[]::new))
                .setParameter("users", logouts.stream().map(Logout::userId).toArray(UUID[]::new))
                .executeUpdate();
    }

    /**
     * Who ends a session by giving its token back need not be told. This transaction has ended the session and written
     * the row, so no other sees it yet.
     */
    void forget(@Observes RevokedByClient revoked) {
        if (addresses.find(revoked.clientId()).isPresent()) {
            entities.createNativeQuery("delete from delivery where session_id = :session and receiver_id = :client"
                            + " and kind = :kind")
                    .setParameter("session", revoked.sessionId())
                    .setParameter("client", revoked.clientId())
                    .setParameter("kind", DeliveryKind.LOGOUT.name())
                    .executeUpdate();
        }
    }

    /** A logout that an application must hear of. */
    private record Logout(UUID organizationId, String receiverId, UUID sessionId, UUID userId) {
        static Logout of(OAuthClient client, UUID userId, SessionEvent.SessionEnded ended) {
            return new Logout(
                    ended.session().organizationId(),
                    client.id(),
                    ended.session().id(),
                    userId);
        }
    }
}
