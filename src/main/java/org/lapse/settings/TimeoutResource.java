package org.lapse.settings;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.api.Administered;
import org.lapse.api.Caller;
import org.lapse.api.Permission;
import org.lapse.api.RecordsActivity;
import org.lapse.api.RequiresPermission;
import org.lapse.timeout.PermittedTimeouts;

/** {@code /api/v2/tokens/timeout}: the organization-wide inactivity timeout. */
@Singleton
@Path("v2/tokens/timeout")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class TimeoutResource {
    @Inject
    private Settings settings;

    @Inject
    private Event<Administered> administered;

    @Inject
    @ConfigProperty(name = "lapse.timeout.minimum", defaultValue = "PT5M")
    private Duration minimum;

    @Inject
    @ConfigProperty(name = "lapse.timeout.maximum", defaultValue = "PT8H")
    private Duration maximum;

    /** What the administrators of the caller's organization chose. */
    @GET
    @Operation(summary = "The organization-wide inactivity timeout")
    @Transactional
    public IdleTokenTimeout get(@Context SecurityContext security) {
        return IdleTokenTimeout.of(settings.of(Caller.of(security).organizationId()));
    }

    /** Changes what the body names; no body changes nothing. Holds for live sessions at once. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "Change the organization-wide inactivity timeout; holds for live sessions at once")
    @Transactional
    public IdleTokenTimeout put(@Nullable IdleTokenTimeout change, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        OrganizationSettings chosen = settings.of(caller.organizationId());
        if (change == null) {
            return IdleTokenTimeout.of(chosen);
        }
        IdleTokenTimeout before = IdleTokenTimeout.of(chosen);
        change.apply(chosen, new PermittedTimeouts(minimum, maximum));
        IdleTokenTimeout after = IdleTokenTimeout.of(settings.save(chosen));
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
