package org.lapse.insight.oversight;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.sessions.nodes.NodeState;
import org.lapse.sessions.nodes.ThisNode;

/** {@code /api/v2/nodes}: the servers that answer for the same sessions. */
@Singleton
@Path("v2/nodes")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class NodesResource {
    @Inject
    private ThisNode node;

    /** All nodes, those too that were killed, for as long as they matter. */
    @GET
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "The nodes of this installation: since when, their leases, and how far they have followed")
    public Nodes list() {
        return new Nodes(node.all().stream().map(this::body).toList());
    }

    private NodeBody body(NodeState state) {
        return new NodeBody(
                state.id().toString(),
                state.name(),
                state.version(),
                state.leaseUntil() == null ? "alone" : state.holdsLease() ? "serving" : "lost",
                node.is(state),
                state.startedAt(),
                state.joinedAt(),
                state.leaseUntil(),
                state.leaseUntil() == null ? null : state.closedUntil(),
                state.leaseUntil() == null ? null : state.lagMillis());
    }

    /**
     * The nodes on the wire.
     *
     * @param entities each of them, the one first that has served longest
     */
    public record Nodes(List<NodeBody> entities) {}

    /**
     * A node on the wire.
     *
     * @param id one life of the node: after a pause that was longer than its lease it has another
     * @param name what it is called: {@code lapse.cluster.node}, or its machine's name
     * @param version the version of Lapse that it runs
     * @param state {@code serving}; {@code lost} where its lease is over and it did not leave in order; {@code alone}
     *     where no other may join
     * @param self whether this node gave the answer
     * @param dateStarted when Lapse started there
     * @param dateJoined since when it grants access without a break
     * @param leaseUntil when its lease is over; null for one that is alone
     * @param closedUntil no use before this moment is known to it alone; null for one that is alone
     * @param lagMillis how long it last took to read what others had changed, in milliseconds; null for one that is alone
     */
    public record NodeBody(
            String id,
            String name,
            String version,
            String state,
            boolean self,
            Instant dateStarted,
            Instant dateJoined,
            @Nullable Instant leaseUntil,
            @Nullable Instant closedUntil,
            @Nullable Long lagMillis) {}
}
