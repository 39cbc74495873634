package org.lapse.insight.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiresPermission;

/** {@code /api/v2/deliveries/receivers}: who outside hears of what happens, and whether it arrives. */
@Singleton
@Path("v2/deliveries/receivers")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class ReceiversResource {
    @Inject
    private Backlogs backlogs;

    /** The receivers of the caller's organization. */
    @GET
    @RequiresPermission(Permission.OAUTH_CLIENT_VIEW)
    @Operation(summary = "Who hears of ended sessions: what waits, when something arrived last, what went wrong")
    public Receivers list(@Context SecurityContext security) {
        return new Receivers(backlogs.list(Caller.of(security)));
    }

    /** Sends at once what waits, and once more what was refused or given up. */
    @POST
    @Path("{id}/send")
    @RequiresPermission(Permission.OAUTH_CLIENT_EDIT)
    @Operation(summary = "Send again what a receiver has not taken")
    public Response send(@PathParam("id") String id, @Context SecurityContext security) {
        backlogs.sendAgain(Caller.of(security), id);
        return Response.noContent().build();
    }

    /**
     * The receivers on the wire.
     *
     * @param entities each of them, by name
     */
    public record Receivers(List<ReceiverBody> entities) {}
}
