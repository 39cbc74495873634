package org.lapse.organizations.settings;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.Groups;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.Precondition;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.api.TrustedProxies;

/** {@code /api/v2/organizations/authentication/settings}: how an organization's people authenticate. */
@Singleton
@Path("v2/organizations/authentication/settings")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class AuthenticationSettingsResource {
    @Inject
    private AuthenticationSettingsRows settings;

    @Inject
    private Groups groups;

    @Inject
    private RestrictionsInForce restrictions;

    @Inject
    private TrustedProxies proxies;

    @Inject
    private Event<Administered> administered;

    /** What the administrators chose; the header {@code ETag} names this state of it. */
    @GET
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "Excluded APIs, allow-lists and password requirements; with an ETag")
    @Transactional
    public OrgAuthSettings get(@Context SecurityContext security, @Context HttpServletResponse response) {
        return answer(settings.of(Caller.of(security).organizationId()), response);
    }

    /**
     * Changes what the body names, for the next call already. With {@code If-Match}, 412 where the settings are not in
     * that state any more; of two changes at once one is answered with 409.
     */
    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "Change excluded APIs, allow-lists or password requirements; holds for the next call")
    @Transactional
    public OrgAuthSettings patch(
            @RequiredBody OrgAuthSettings change,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Context SecurityContext security,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        Caller caller = Caller.of(security);
        AuthenticationSettings chosen = settings.of(caller.organizationId());
        Precondition.check(ifMatch, settings.revision(chosen));
        OrgAuthSettings before = OrgAuthSettings.of(chosen);
        change.apply(chosen);
        mustBeGroups(caller, chosen.multifactorGroups());
        keepCallerIn(chosen, request);
        settings.save(chosen);
        OrgAuthSettings after = OrgAuthSettings.of(chosen);
        administered.fire(new Administered(
                caller,
                "authentication.update",
                "organization",
                caller.organizationId().toString(),
                before,
                after));
        return answer(chosen, response);
    }

    private void mustBeGroups(Caller caller, List<UUID> ids) {
        if (!ids.isEmpty() && !groups.existing(caller.organizationId(), ids).containsAll(ids)) {
            throw ApiException.invalidValue(
                    "multifactorAuthenticationGroups", "There is no group of one of these ids.");
        }
    }

    /** An administrator who is locked out could not take it back. */
    private void keepCallerIn(AuthenticationSettings chosen, HttpServletRequest request) {
        Restrictions wanted = restrictions.restrictions(chosen);
        if (!wanted.permitsAddress(proxies.clientOf(request))) {
            throw ApiException.invalidValue(
                    "ipAddressAllowlist", "The list would lock you out: it lacks your own address.");
        }
        if (!wanted.permitsOrigin(request.getHeader("Origin"))) {
            throw ApiException.invalidValue(
                    "domainAllowlist", "The list would lock you out: it lacks your own domain.");
        }
    }

    private OrgAuthSettings answer(AuthenticationSettings chosen, HttpServletResponse response) {
        Precondition.tag(response, settings.revision(chosen));
        return OrgAuthSettings.of(chosen);
    }
}
