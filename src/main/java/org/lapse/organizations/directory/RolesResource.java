package org.lapse.organizations.directory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.MultiLine;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.api.Texts;

/**
 * {@code /api/v2/authorization}: roles, and the permissions that they can give. Nobody makes, changes or deletes a role
 * that gives more than they have.
 */
@Singleton
@Path("v2/authorization")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class RolesResource {
    private static final String ROLES = "/api/v2/authorization/roles";

    @Inject
    private Roles roles;

    @Inject
    private Organizations organizations;

    @Inject
    private Event<RoleChanged> changed;

    @Inject
    private Event<Administered> administered;

    /** A page of the roles, in the order of their names. */
    @GET
    @Path("roles")
    @RequiresPermission(Permission.AUTHORIZATION_ROLE_VIEW)
    @Operation(summary = "The roles of the organization")
    @Transactional
    public Page<RoleBody> list(
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @Context SecurityContext security) {
        UUID organizationId = Caller.of(security).organizationId();
        Page.Request page = Page.Request.of(pageSize, pageNumber);
        List<RoleBody> found =
                roles.find(organizationId, page).stream().map(this::body).toList();
        return Page.of(found, page, roles.count(organizationId), ROLES);
    }

    /** Makes a role that nobody has yet. */
    @POST
    @Path("roles")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.AUTHORIZATION_ROLE_EDIT)
    @Operation(summary = "Create a role")
    @Transactional
    public RoleBody create(@RequiredBody RoleChange given, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Role role = new Role(caller.organizationId(), Texts.name("name", given.name), Set.of());
        given.apply(role);
        caller.mustHoldAll(role.permissions());
        roles.add(role);
        return tell(caller, "role.create", role, null);
    }

    /** One role. */
    @GET
    @Path("roles/{roleId}")
    @RequiresPermission(Permission.AUTHORIZATION_ROLE_VIEW)
    @Operation(summary = "A role with its permissions")
    @Transactional
    public RoleBody get(@PathParam("roleId") UUID roleId, @Context SecurityContext security) {
        return body(find(Caller.of(security), roleId));
    }

    /** Changes what the body names; other permissions hold at once, for live sessions too. */
    @PUT
    @Path("roles/{roleId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.AUTHORIZATION_ROLE_EDIT)
    @Operation(summary = "Change a role's name, description or permissions")
    @Transactional
    public RoleBody change(
            @PathParam("roleId") UUID roleId, @RequiredBody RoleChange change, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        organizations.lockAdministration(caller.organizationId());
        Role role = find(caller, roleId);
        RoleBody before = body(role);
        caller.mustHoldAll(role.permissions());
        change.apply(role);
        caller.mustHoldAll(role.permissions());
        boolean permitsOthers = !role.permissions().equals(before.permissions());
        if (permitsOthers || !role.name().equals(before.name())) {
            changed.fire(new RoleChanged(roleId)); // first: applications are locked before users
        }
        if (permitsOthers) {
            roles.changed(role);
            keepAnAdministrator(caller, before);
        }
        return tell(caller, "role.update", role, before);
    }

    /** Deletes a role and takes it from its users; 409 while an application has it. */
    @DELETE
    @Path("roles/{roleId}")
    @RequiresPermission(Permission.AUTHORIZATION_ROLE_EDIT)
    @Operation(summary = "Delete a role")
    @Transactional
    public Response delete(@PathParam("roleId") UUID roleId, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        organizations.lockAdministration(caller.organizationId());
        Role role = find(caller, roleId);
        RoleBody before = body(role);
        caller.mustHoldAll(role.permissions());
        roles.remove(role);
        keepAnAdministrator(caller, before);
        administered.fire(new Administered(caller, "role.delete", "role", roleId.toString(), before, null));
        return Response.ok().build();
    }

    /** A page of the permissions there are, by domain. */
    @GET
    @Path("permissions")
    @RequiresPermission(Permission.AUTHORIZATION_ROLE_VIEW)
    @Operation(summary = "The permissions that a role can give, by domain")
    public Page<PermissionCollection> permissions(
            @QueryParam("pageSize") @Nullable String pageSize, @QueryParam("pageNumber") @Nullable String pageNumber) {
        Page.Request page = Page.Request.of(pageSize, pageNumber);
        List<PermissionCollection> all = PermissionCollection.all();
        List<PermissionCollection> found =
                all.stream().skip(page.first()).limit(page.size()).toList();
        return Page.of(found, page, all.size(), "/api/v2/authorization/permissions");
    }

    private Role find(Caller caller, UUID roleId) {
        return roles.find(caller.organizationId(), roleId).orElseThrow(ApiException::notFound);
    }

    private RoleBody body(Role role) {
        return RoleBody.of(role, roles.holders(role).size());
    }

    private void keepAnAdministrator(Caller caller, RoleBody before) {
        if (before.permissions().contains(Permission.DIRECTORY_ORGANIZATION_ADMIN.wireName())) {
            roles.mustKeepAnAdministrator(caller.organizationId());
        }
    }

    private RoleBody tell(Caller caller, String action, Role role, @Nullable RoleBody before) {
        RoleBody after = body(role);
        administered.fire(new Administered(caller, action, "role", role.id().toString(), before, after));
        return after;
    }

    /**
     * What an administrator says about a role; a field that is left out stays as it was. What the API only tells about
     * a role, here or at the vendor's, may stand in the body and changes nothing.
     *
     * @param name what administrators call it
     * @param description what it is for
     * @param permissions the wire names of all that it gives
     */
    @JsonIgnoreProperties({
        "id",
        "userCount",
        "roleNeedsUpdate",
        "unusedPermissions",
        "baseLicense",
        "addonLicenses",
        "dateLicenseLastUpdated",
        "default",
        "base",
        "selfUri"
    })
    public record RoleChange(
            @Nullable String name,
            @MultiLine @Nullable String description,
            @Nullable Set<@Nullable String> permissions) {
        void apply(Role role) {
            if (name != null) {
                role.rename(Texts.name("name", name));
            }
            if (description != null) {
                role.describe(Texts.description("description", description));
            }
            if (permissions != null) {
                role.setPermissions(
                        permissions.stream().map(RoleChange::known).collect(Collectors.toUnmodifiableSet()));
            }
        }

        private static String known(@Nullable String wireName) {
            if (wireName == null || !Permission.all().contains(wireName)) {
                throw ApiException.invalidValue("permissions", "There is no permission of one of these names.");
            }
            return wireName;
        }
    }

    /**
     * A role on the wire.
     *
     * @param id its id
     * @param name what administrators call it
     * @param description what it is for
     * @param permissions the wire names of what it gives
     * @param userCount how many users have it
     * @param selfUri where it is
     */
    public record RoleBody(
            UUID id,
            String name,
            @Nullable String description,
            Set<String> permissions,
            int userCount,
            String selfUri) {
        static RoleBody of(Role role, int userCount) {
            return new RoleBody(
                    role.id(),
                    role.name(),
                    role.description(),
                    new TreeSet<>(role.permissions()),
                    userCount,
                    ROLES + "/" + role.id());
        }
    }
}
