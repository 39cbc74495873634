package org.lapse.organizations.authenticator;

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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiresPermission;

/** {@code /api/v2/users/{userId}/authenticators}: what administrators see and reset of others' second factors. */
@Singleton
@Path("v2/users/{userId}/authenticators")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class UserAuthenticatorsResource {
    @Inject
    private Authenticators authenticators;

    /** What a user has besides the password. */
    @GET
    @RequiresPermission(Permission.DIRECTORY_USER_VIEW)
    @Operation(summary = "A user's passkeys, authenticator app and recovery codes")
    public AuthenticatorsBody get(@PathParam("userId") UUID userId, @Context SecurityContext security) {
        return authenticators.of(Caller.of(security), userId);
    }

    /**
     * Forgets a user's passkeys, authenticator app and recovery codes, so that the password alone counts until new ones
     * are set up; 403 where the user may do what the caller may not, 409 where it is the caller. A caller who is a user
     * has signed in lately, with two factors if they have two.
     */
    @DELETE
    @RequiresPermission(Permission.DIRECTORY_USER_EDIT)
    @Operation(summary = "Reset a user's second factors")
    public Response reset(@PathParam("userId") UUID userId, @Context SecurityContext security) {
        authenticators.reset(Caller.of(security), userId);
        return Response.ok().build();
    }
}
