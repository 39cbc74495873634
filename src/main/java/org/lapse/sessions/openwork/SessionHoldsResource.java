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
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.sessions.session.CurrentSession;

/** {@code /api/v2/tokens/me/holds}: open work in the session that makes the call. */
@Singleton
@Path("v2/tokens/me/holds")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class SessionHoldsResource {
    @Inject
    private Holds holds;

    @Inject
    private CurrentSession current;

    /** The open holds, the oldest first. */
    @GET
    @Operation(summary = "The open work that keeps this session from becoming inactive")
    public List<HoldBody> list() {
        return holds.ofSession(current.get().id()).stream().map(HoldBody::of).toList();
    }

    /** Keeps the session from becoming inactive for a time. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Keep this session from becoming inactive while there is open work")
    public HoldBody open(@RequiredBody HoldRequest request, @Context SecurityContext security) {
        return HoldBody.of(holds.openForSession(
                Caller.of(security),
                current.get().id(),
                request.checkedReason(),
                request.checkedTime(holds.maximum())));
    }

    /** Ends one hold; the inactivity timer runs again from now. */
    @DELETE
    @Path("{holdId}")
    @Operation(summary = "End a hold: the inactivity timer runs again")
    public Response end(@PathParam("holdId") UUID holdId, @Context SecurityContext security) {
        List<Hold> meant = holds.ofSession(current.get().id()).stream()
                .filter(hold -> hold.id().equals(holdId))
                .toList();
        if (meant.isEmpty()) {
            throw ApiException.notFound();
        }
        holds.end(meant, Caller.of(security));
        return Response.ok().build();
    }

    /** Ends all holds of the session. */
    @DELETE
    @Operation(summary = "End all holds of this session: the inactivity timer runs again")
    public Response endAll(@Context SecurityContext security) {
        holds.end(holds.ofSession(current.get().id()), Caller.of(security));
        return Response.ok().build();
    }
}
