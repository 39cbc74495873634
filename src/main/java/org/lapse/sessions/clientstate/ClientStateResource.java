package org.lapse.sessions.clientstate;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.clock.WallClock;

/** {@code /api/v2/tokens/me/state}: what the client needs to show the same screen again. */
@Singleton
@Path("v2/tokens/me/state")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class ClientStateResource {
    @Inject
    private ClientStates states;

    @Inject
    private WallClock clock;

    /** The document as it was stored, with its entity tag. */
    @GET
    @Operation(summary = "The document that the application stored for the user")
    public Response get(@Context SecurityContext security) {
        Document document = states.find(Caller.of(security), clock.now()).orElseThrow(ApiException::notFound);
        return Response.ok(document.bytes()).tag(document.entityTag()).build();
    }

    /** Stores a document in the place of the one before; the last one wins, unless the call names a condition. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Store a document of up to 64 KiB for the user in this application")
    public Response put(
            @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT))) @RequiredBody
                    Document document,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Context SecurityContext security) {
        states.write(Caller.of(security), document, new WriteCondition(ifMatch, ifNoneMatch), clock.now());
        return Response.ok().tag(document.entityTag()).build();
    }

    /** Deletes the document. */
    @DELETE
    @Operation(summary = "Delete the document that the application stored for the user")
    public Response delete(
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @Context SecurityContext security) {
        states.delete(Caller.of(security), new WriteCondition(ifMatch, null), clock.now());
        return Response.ok().build();
    }
}
