package org.lapse.organizations.application;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.clock.WallClock;

/** {@code /api/v2/oauth/clients}: applications seen through OAuth, as the vendor's SDKs see them. */
@Singleton
@Path("v2/oauth/clients")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class OAuthClientsResource {
    static final String CLIENTS = "/api/v2/oauth/clients";

    @Inject
    private OAuthClients clients;

    @Inject
    private Event<ApplicationDisabled> disabled;

    @Inject
    private WallClock clock;

    /** A page of the clients, in the order of their names. */
    @GET
    @RequiresPermission(Permission.OAUTH_CLIENT_VIEW)
    @Operation(summary = "The OAuth clients of the organization")
    public Page<OAuthClientBody> list(
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @Context SecurityContext security) {
        return clients.list(Caller.of(security), Page.Request.of(pageSize, pageNumber));
    }

    /** Makes a client; the answer is the only place where its secret ever stands. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.OAUTH_CLIENT_ADD)
    @Operation(summary = "Create an OAuth client")
    public OAuthClientBody create(@RequiredBody OAuthClientChange creation, @Context SecurityContext security) {
        return clients.create(Caller.of(security), creation, clock.now());
    }

    /** One client, without its secret. */
    @GET
    @Path("{clientId}")
    @RequiresPermission(Permission.OAUTH_CLIENT_VIEW)
    @Operation(summary = "An OAuth client")
    public OAuthClientBody get(@PathParam("clientId") String clientId, @Context SecurityContext security) {
        return clients.get(Caller.of(security), clientId);
    }

    /** Changes what the body names. The tokens of a client that is no longer active end. */
    @PUT
    @Path("{clientId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.OAUTH_CLIENT_EDIT)
    @Transactional
    @Operation(summary = "Change an OAuth client")
    public OAuthClientBody change(
            @PathParam("clientId") String clientId,
            @RequiredBody OAuthClientChange change,
            @Context SecurityContext security) {
        OAuthClientBody after = clients.change(Caller.of(security), clientId, change, clock.now());
        if (!after.state().equals(ApplicationState.ACTIVE.wireName())) {
            disabled.fire(new ApplicationDisabled(clientId));
        }
        return after;
    }

    /** Deletes a client for good: its tokens end, and its id is never good again. */
    @DELETE
    @Path("{clientId}")
    @RequiresPermission(Permission.OAUTH_CLIENT_DELETE)
    @Transactional
    @Operation(summary = "Delete an OAuth client")
    public Response delete(@PathParam("clientId") String clientId, @Context SecurityContext security) {
        clients.delete(Caller.of(security), clientId, clock.now());
        disabled.fire(new ApplicationDisabled(clientId));
        return Response.ok().build();
    }

    /** Replaces the secret, which ends no token; the answer is the only place where the new one ever stands. */
    @POST
    @Path("{clientId}/secret")
    @RequiresPermission(Permission.OAUTH_CLIENT_EDIT)
    @Operation(summary = "Replace the secret of an OAuth client")
    public OAuthClientBody replaceSecret(@PathParam("clientId") String clientId, @Context SecurityContext security) {
        return clients.replaceSecret(Caller.of(security), clientId, clock.now());
    }
}
