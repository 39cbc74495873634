package org.lapse.sessions.presence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;

/** {@code /api/v2/users/{userId}/routingstatus}: whether interactions may be routed to a user. */
@Singleton
@Path("v2/users/{userId}/routingstatus")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class RoutingStatusResource {
    @Inject
    private Colleagues colleagues;

    @Inject
    private Presences presences;

    @Inject
    private Choices choices;

    /** The routing status of a user of the caller's organization. */
    @GET
    @Operation(summary = "A user's routing status")
    @Transactional
    public RoutingStatusBody get(@PathParam("userId") UUID userId, @Context SecurityContext security) {
        User user = colleagues.find(userId, Caller.of(security));
        return RoutingStatusBody.of(presences.of(user));
    }

    /**
     * Changes a routing status. Users say of themselves that they are {@code IDLE} or {@code OFF_QUEUE}; everything
     * else, and another user's, needs {@code routing:userStatus:edit}.
     */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Change a user's routing status; the presence follows")
    public RoutingStatusBody put(
            @PathParam("userId") UUID userId,
            @RequiredBody RoutingStatusChange change,
            @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Colleagues.requireForOthers(userId, caller, Permission.ROUTING_USER_STATUS_EDIT);
        RoutingStatus chosen = change.chosen();
        if (!chosen.isUsersChoice()) {
            caller.require(Permission.ROUTING_USER_STATUS_EDIT);
        }
        return choices.routingStatus(caller, userId, chosen);
    }

    /**
     * The routing status that is wanted. The vendor's clients send the whole object, so the fields that only the server
     * knows are read and ignored.
     *
     * @param status {@code OFF_QUEUE}, {@code IDLE}, {@code INTERACTING}, {@code NOT_RESPONDING} or {@code
     *     COMMUNICATING}
     * @param userId ignored
     * @param startTime ignored
     */
    public record RoutingStatusChange(
            @Nullable String status,
            @Nullable String userId,
            @Nullable String startTime) {
        RoutingStatus chosen() {
            return Optional.ofNullable(status)
                    .flatMap(RoutingStatus::find)
                    .orElseThrow(() -> ApiException.invalidValue(
                            "status",
                            "status is one of OFF_QUEUE, IDLE, INTERACTING, NOT_RESPONDING and COMMUNICATING."));
        }
    }

    /**
     * A routing status on the wire.
     *
     * @param userId whose it is
     * @param status the status
     * @param startTime since when
     */
    public record RoutingStatusBody(UUID userId, String status, Instant startTime) {
        static RoutingStatusBody of(UserPresence presence) {
            return new RoutingStatusBody(
                    presence.userId(), presence.availability().routingStatus().name(), presence.routingStatusSince());
        }
    }
}
