package org.lapse.access.signin;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.sessions.session.EndReason;

/** {@code /api/v2/apps/users/{userId}/logout}: an administrator signs somebody out everywhere. */
@Singleton
@Path("v2/apps/users/{userId}/logout")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class ForcedLogoutResource {
    @Inject
    private SignIns signIns;

    @Inject
    private Users users;

    @Inject
    private Event<Administered> administered;

    /** Ends all of a user's tokens and sign-ins: every application asks for the password again. */
    @DELETE
    @RequiresPermission(Permission.OAUTH_TOKEN_DELETE)
    @Transactional
    @Operation(summary = "End all access tokens of a user, and the sign-in at every browser")
    public Response logOut(@PathParam("userId") UUID userId, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        if (users.find(caller.organizationId(), userId).isEmpty()) {
            throw ApiException.notFound();
        }
        administered.fire(new Administered(caller, "user.logout", "user", userId.toString(), null, null));
        signIns.endOfUser(userId, EndReason.FORCED);
        return Response.ok().build();
    }
}
