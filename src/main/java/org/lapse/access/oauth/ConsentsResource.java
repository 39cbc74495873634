package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import org.lapse.platform.api.RecordsActivity;

/** {@code /api/v2/users/me/consents}: the applications that the caller gave access. */
@Singleton
@Path("v2/users/me/consents")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class ConsentsResource {
    static final String CONSENTS = "/api/v2/users/me/consents";

    @Inject
    private Consents consents;

    /** All that the user of the token consented to; 400 {@code not.a.user} for an application on its own. */
    @GET
    @Operation(summary = "The applications to which the user of the token gave access")
    public ConsentList list(@Context SecurityContext security) {
        List<ConsentBody> given = consents.of(Caller.of(security));
        return new ConsentList(given.size(), given, CONSENTS);
    }

    /** Takes the access back: the application's sessions of the user end, and the next sign-in asks again. */
    @DELETE
    @Path("{clientId}")
    @Operation(summary = "Take an application's access back, and end its sessions of the user")
    public Response revoke(@PathParam("clientId") String clientId, @Context SecurityContext security) {
        consents.revoke(Caller.of(security), clientId);
        return Response.ok().build();
    }

    /**
     * All consents of a user on the wire.
     *
     * @param total how many there are
     * @param entities the consents, in the order of the applications' names
     * @param selfUri where this is
     */
    public record ConsentList(int total, List<ConsentBody> entities, String selfUri) {}
}
