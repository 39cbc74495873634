package org.lapse.presence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.lapse.directory.User;

/** The presences of all users. */
@Singleton
@Transactional
class Presences {
    /** How many users one query names: databases limit the parameters. */
    private static final int IN_ONE_QUERY = 1000;

    private final EntityManager entities;

    @Inject
    Presences(EntityManager entities) {
        this.entities = entities;
    }

    /** The presence of a user, to be looked at. */
    UserPresence of(User user) {
        UserPresence chosen = entities.find(UserPresence.class, user.id());
        return chosen == null ? new UserPresence(user) : chosen;
    }

    /** The presence of a user, to be changed: nobody else changes it until this transaction is over. */
    UserPresence lock(User user) {
        UserPresence unchosen = new UserPresence(user);
        entities.createNativeQuery(
                        "insert into user_presence (user_id, organization_id, presence, modified_at,"
                                + " routing_status, routing_status_since) values (?1, ?2, ?3, ?4, ?5, ?6) on conflict do nothing")
                .setParameter(1, unchosen.userId())
                .setParameter(2, unchosen.organizationId())
                .setParameter(3, unchosen.availability().presence().name())
                .setParameter(4, unchosen.modifiedAt())
                .setParameter(5, unchosen.availability().routingStatus().name())
                .setParameter(6, unchosen.routingStatusSince())
                .executeUpdate();
        return entities.find(UserPresence.class, user.id(), LockModeType.PESSIMISTIC_WRITE);
    }

    /**
     * The presences of those among these users who are not Offline, to be changed. They are locked in the order of their
     * ids, so that two who lock several never wait for each other.
     */
    List<UserPresence> lockShown(Set<UUID> userIds) {
        List<UUID> inOrder =
                userIds.stream().sorted(Comparator.comparing(UUID::toString)).toList();
        List<UserPresence> shown = new ArrayList<>();
        for (int from = 0; from < inOrder.size(); from += IN_ONE_QUERY) {
            shown.addAll(entities.createQuery(
                            "select p from UserPresence p where p.userId in :ids and p.presence <> :offline"
                                    + " order by p.userId",
                            UserPresence.class)
                    .setParameter("ids", inOrder.subList(from, Math.min(from + IN_ONE_QUERY, inOrder.size())))
                    .setParameter("offline", SystemPresence.OFFLINE)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getResultList());
        }
        return shown;
    }

    /** Changes a presence that is locked, and with it the routing status: every change of either comes through here. */
    void change(UserPresence presence, Availability next, Instant now) {
        presence.become(next, now);
    }
}
