package org.lapse.sessions.nodes;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node as its row says.
 *
 * @param id one life of the node: after a pause that was longer than its lease it has another
 * @param name what administrators call it
 * @param version the version of Lapse that it runs
 * @param startedAt when its process started Lapse
 * @param joinedAt since when it grants access without a break
 * @param leaseUntil when its lease is over, by the database's clock; null for a node that is alone
 * @param holdsLease whether its lease was not over when the row was read; true for a node that is alone
 * @param closedUntil the moment up to which it has closed, by its own clock
 * @param lagMillis how long it took to read what others had changed, up to that moment
 */
public record NodeState(
        UUID id,
        String name,
        String version,
        Instant startedAt,
        Instant joinedAt,
        @Nullable Instant leaseUntil,
        boolean holdsLease,
        Instant closedUntil,
        long lagMillis) {}
