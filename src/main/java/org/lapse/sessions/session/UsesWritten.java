package org.lapse.sessions.session;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Uses of sessions were written into their rows, by this node or another one. Nobody is told of it but the ledgers of
 * the other nodes, and the number only shows them that there is something to read.
 *
 * @param number the number of the change
 * @param uses the last use of each session
 */
record UsesWritten(long number, List<Use> uses) {
    UsesWritten {
        uses = List.copyOf(uses);
    }

    /**
     * The last use of a session.
     *
     * @param source what it was, by its name in {@link ActivitySources}; null where nobody knows
     */
    record Use(UUID sessionId, Instant at, @Nullable String source) {}
}
