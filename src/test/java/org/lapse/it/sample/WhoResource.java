package org.lapse.it.sample;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The name in the caller's token, 401 without a token. */
@Path("who")
@RequestScoped
public class WhoResource {
    @Inject
    private JsonWebToken token;

    /** The caller's name as plain text. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public Response who() {
        String name = token.getName();
        return name == null
                ? Response.status(Response.Status.UNAUTHORIZED).build()
                : Response.ok(name).build();
    }
}
