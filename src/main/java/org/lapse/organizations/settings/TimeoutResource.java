package org.lapse.organizations.settings;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.Groups;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.Precondition;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.timeout.PermittedTimeouts;

/** {@code /api/v2/tokens/timeout}: the inactivity timeouts of the organization and of its groups. */
@Singleton
@Path("v2/tokens/timeout")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class TimeoutResource {
    @Inject
    private Settings settings;

    @Inject
    private Groups groups;

    @Inject
    private Event<Administered> administered;

    @Inject
    private WallClock clock;

    @Inject
    private PermittedTimeouts permitted;

    /** What the administrators of the caller's organization chose. */
    @GET
    @Operation(summary = "The inactivity timeouts of the organization and of its groups")
    @Transactional
    public IdleTokenTimeout get(@Context SecurityContext security, @Context HttpServletResponse response) {
        OrganizationSettings chosen = settings.of(Caller.of(security).organizationId());
        Precondition.tag(response, chosen.revision());
        return IdleTokenTimeout.of(chosen);
    }

    /**
     * Changes what the body names; no body changes nothing. Holds for live sessions at once. Two administrators who
     * change it at once do not overwrite each other: the later gets 409, or with {@code If-Match} 412.
     */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "Change the inactivity timeouts of the organization and its groups, for live sessions at once")
    @Transactional
    public IdleTokenTimeout put(
            @Nullable IdleTokenTimeout change,
            @Parameter(description = "The ETag of the answer on which the change is based")
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable
                    String ifMatch,
            @Context SecurityContext security,
            @Context HttpServletResponse response) {
        Caller caller = Caller.of(security);
        OrganizationSettings chosen = settings.of(caller.organizationId());
        Precondition.check(ifMatch, chosen.revision());
        if (change == null) {
            Precondition.tag(response, chosen.revision());
            return IdleTokenTimeout.of(chosen);
        }
        IdleTokenTimeout before = IdleTokenTimeout.of(chosen);
        Set<UUID> known = groups.existing(caller.organizationId(), change.groups());
        change.apply(chosen, permitted, known, clock.now());
        OrganizationSettings saved = settings.save(chosen);
        Precondition.tag(response, saved.revision());
        IdleTokenTimeout after = IdleTokenTimeout.of(saved);
        administered.fire(new Administered(
                caller,
                "timeout.update",
                "organization",
                caller.organizationId().toString(),
                before,
                after));
        return after;
    }
}
