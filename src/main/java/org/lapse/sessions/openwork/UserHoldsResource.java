package org.lapse.sessions.openwork;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;

/**
 * {@code /api/v2/users/{userId}/holds}: open work of a user, whichever session it is done in. A contact centre says
 * here that an agent has an interaction or is in after-call work.
 */
@Singleton
@Path("v2/users/{userId}/holds")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class UserHoldsResource {
    @Inject
    private Holds holds;

    @Inject
    private Users users;

    /** The open holds, the oldest first. */
    @GET
    @RequiresPermission(Permission.ROUTING_USER_STATUS_EDIT)
    @Operation(summary = "The open work of a user")
    public List<HoldBody> list(@PathParam("userId") UUID userId, @Context SecurityContext security) {
        refuseStranger(userId, Caller.of(security));
        return holds.ofUser(userId).stream().map(HoldBody::of).toList();
    }

    /** Keeps all sessions of the user from becoming inactive for a time. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.ROUTING_USER_STATUS_EDIT)
    @Operation(summary = "Keep all sessions of a user from becoming inactive while there is open work")
    public HoldBody open(
            @PathParam("userId") UUID userId, @RequiredBody HoldRequest request, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        refuseStranger(userId, caller);
        return HoldBody.of(
                holds.openForUser(caller, userId, request.checkedReason(), request.checkedTime(holds.maximum())));
    }

    /** Ends one hold; the inactivity timers of the user's sessions run again from now. */
    @DELETE
    @Path("{holdId}")
    @RequiresPermission(Permission.ROUTING_USER_STATUS_EDIT)
    @Operation(summary = "End a user's hold: the inactivity timers run again")
    public Response end(
            @PathParam("userId") UUID userId, @PathParam("holdId") UUID holdId, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        refuseStranger(userId, caller);
        List<Hold> meant = holds.ofUser(userId).stream()
                .filter(hold -> hold.id().equals(holdId))
                .toList();
        if (meant.isEmpty()) {
            throw ApiException.notFound();
        }
        holds.end(meant, caller);
        return Response.ok().build();
    }

    private void refuseStranger(UUID userId, Caller caller) {
        if (users.find(caller.organizationId(), userId).isEmpty()) {
            throw ApiException.notFound();
        }
    }
}
