package org.lapse.sessions.nodes;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The rows of the nodes. What is said of leases holds by the database's clock. */
@Singleton
@Transactional
class NodeRows {
    private final EntityManager entities;

    @Inject
    NodeRows(EntityManager entities) {
        this.entities = entities;
    }

    /** Whether several nodes can share this database; H2 is for one. */
    boolean canBeShared() {
        return entities.unwrap(Session.class)
                .doReturningWork(connection ->
                        connection.getMetaData().getDatabaseProductName().equals("PostgreSQL"));
    }

    /**
     * All nodes, those too that were lost. A lease that was not over when the transaction began counts as held: so none
     * is taken for lost that is being renewed.
     */
    List<NodeState> all() {
        return entities
                .unwrap(Session.class)
                .createNativeQuery(
                        "select id, name, version, started_at, joined_at, lease_until, closed_until,"
                                + " lag_millis, lease_until is null or lease_until > current_timestamp as holds_lease"
                                + " from node order by joined_at, id",
                        Object[].class)
                .addScalar("id", UUID.class)
                .addScalar("name", String.class)
                .addScalar("version", String.class)
                .addScalar("started_at", Instant.class)
                .addScalar("joined_at", Instant.class)
                .addScalar("lease_until", Instant.class)
                .addScalar("closed_until", Instant.class)
                .addScalar("lag_millis", Long.class)
                .addScalar("holds_lease", Boolean.class)
                .getResultList()
                .stream()
                .map(row -> new NodeState(
                        (UUID) row[0],
                        (String) row[1],
                        (String) row[2],
                        (Instant) row[3],
                        (Instant) row[4],
                        (Instant) row[5],
                        (Boolean) row[8],
                        (Instant) row[6],
                        (Long) row[7]))
                .toList();
    }

    /** The moment by the database's clock, which no transaction holds still. */
    Instant now() {
        return (Instant) entities.createNativeQuery("select clock_timestamp()", Instant.class)
                .getSingleResult();
    }

    /** Says that a node runs that is alone, and forgets all others; answers whether there were any. */
    boolean beAlone(NodeState node) {
        boolean others = entities.createNativeQuery("delete from node").executeUpdate() > 0;
        insert(node, "cast(null as timestamp(6) with time zone)").executeUpdate();
        return others;
    }

    /** A node that was alone and did not take its row away was lost, at the latest now. */
    void loseThoseAlone() {
        entities.createNativeQuery("update node set lease_until = clock_timestamp() where lease_until is null")
                .executeUpdate();
    }

    /**
     * Adds a node with a lease, takes away the row of its life before, and forgets nodes that were lost so long ago that
     * no session can have been used there last.
     */
    void join(NodeState node, @Nullable UUID before, Duration lease, Duration keptLost) {
        insert(node, "clock_timestamp() + cast(:lease as interval)")
                .setParameter("lease", lease.toString())
                .executeUpdate();
        if (before != null) {
            remove(before);
        }
        entities.createNativeQuery("delete from node where lease_until < clock_timestamp() - cast(:kept as interval)")
                .setParameter("kept", keptLost.toString())
                .executeUpdate();
    }

    private Query insert(NodeState node, String leaseUntil) {
        return entities.createNativeQuery(
                        "insert into node (id, name, version, started_at, joined_at, lease_until, closed_until,"
                                + " lag_millis) values (:id, :name, :version, :started, :joined, " + leaseUntil
                                + ", :closed, 0)")
                .setParameter("id", node.id())
                .setParameter("name", node.name())
                .setParameter("version", node.version())
                .setParameter("started", node.startedAt())
                .setParameter("joined", node.joinedAt())
                .setParameter("closed", node.closedUntil());
    }

    /**
     * Renews a lease that is not over.
     *
     * @return the moment by the database's clock; empty where it was over
     */
    Optional<Instant> renew(UUID id, Duration lease) {
        int renewed = entities.createNativeQuery(
                        "update node set lease_until = clock_timestamp() + cast(:lease as interval)"
                                + " where id = :id and lease_until > clock_timestamp()")
                .setParameter("lease", lease.toString())
                .setParameter("id", id)
                .executeUpdate();
        return renewed == 0 ? Optional.empty() : Optional.of(now());
    }

    /** Says up to when a node has closed, unless its lease is over; and reads all nodes. */
    List<NodeState> close(UUID id, Instant until, long lagMillis) {
        entities.createNativeQuery("update node set closed_until = :until, lag_millis = :lag"
                        + " where id = :id and closed_until < :until and lease_until > clock_timestamp()")
                .setParameter("until", until)
                .setParameter("lag", lagMillis)
                .setParameter("id", id)
                .executeUpdate();
        return all();
    }

    /** Takes a node away of which nobody needs to fear anything. */
    void remove(UUID id) {
        entities.createNativeQuery("delete from node where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }
}
