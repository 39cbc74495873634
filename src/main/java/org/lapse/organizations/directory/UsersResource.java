package org.lapse.organizations.directory;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Ids;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.api.SortOrder;
import org.lapse.platform.clock.WallClock;

/** {@code /api/v2/users}: people, as the vendor's SDKs see them. */
@Singleton
@Path("v2/users")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class UsersResource {
    @Inject
    private UserAccounts accounts;

    @Inject
    private PasswordChanges passwordChanges;

    @Inject
    private PasswordLinks passwordLinks;

    @Inject
    private Passwords passwords;

    @Inject
    private PasswordOwners owners;

    @Inject
    private Event<UserDisabled> disabled;

    @Inject
    private WallClock clock;

    /** The user for whom the token acts; 400 {@code not.a.user} for the token of an application on its own. */
    @GET
    @Path("me")
    @Operation(summary = "The user for whom the access token acts")
    public UserBody me(@QueryParam("expand") List<String> expand, @Context SecurityContext security) {
        return accounts.me(Caller.of(security), Expansion.of(expand));
    }

    /** A page of the users, in the order of their names; the active ones unless {@code state} says otherwise. */
    @GET
    @RequiresPermission(Permission.DIRECTORY_USER_VIEW)
    @Operation(summary = "The users of the organization, by state or ids")
    public Page<UserBody> list(
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @QueryParam("id") List<String> ids,
            @QueryParam("state") @Nullable String state,
            @Parameter(description = "What the name or the name for signing in contains, in capitals or not")
                    @QueryParam("contains")
                    @Nullable
                    String contains,
            @QueryParam("sortOrder") @Nullable String sortOrder,
            @QueryParam("expand") List<String> expand,
            @Context SecurityContext security) {
        return accounts.list(
                Caller.of(security),
                UserFilter.of(state, Ids.ofQuery("id", ids), contains),
                Expansion.of(expand),
                SortOrder.of(sortOrder),
                Page.Request.of(pageSize, pageNumber));
    }

    /** Makes a user, who cannot sign in until there is a password. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_USER_ADD)
    @Operation(summary = "Create a user")
    public UserBody create(@RequiredBody UserCreation given, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        String hash = given.password() == null
                ? null
                : passwords.hashChosen(
                        "password", given.password(), owners.of(caller.organizationId(), given), Locale.ENGLISH);
        return accounts.create(caller, given, hash, clock.now());
    }

    /** One user; a deleted one with {@code state=deleted} only. */
    @GET
    @Path("{userId}")
    @RequiresPermission(Permission.DIRECTORY_USER_VIEW)
    @Operation(summary = "A user")
    public UserBody get(
            @PathParam("userId") UUID userId,
            @QueryParam("state") @Nullable String state,
            @QueryParam("expand") List<String> expand,
            @Context SecurityContext security) {
        return accounts.get(
                Caller.of(security), userId, state == null ? null : UserFilter.stateOf(state), Expansion.of(expand));
    }

    /**
     * Changes what the body names; 403 where the user may do what the caller may not. The sessions of a user who is made
     * inactive end.
     */
    @PATCH
    @Path("{userId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_USER_EDIT)
    @Transactional
    @Operation(summary = "Change a user's name, e-mail address or state")
    public UserBody change(
            @PathParam("userId") UUID userId, @RequiredBody UserChange change, @Context SecurityContext security) {
        UserBody after = accounts.change(Caller.of(security), userId, change);
        if (after.state().equals(UserState.INACTIVE.wireName())) {
            disabled.fire(new UserDisabled(userId));
        }
        return after;
    }

    /**
     * Deletes a user for good; 403 where the user may do what the caller may not. The sessions end, and the name for
     * signing in is free for somebody else.
     */
    @DELETE
    @Path("{userId}")
    @RequiresPermission(Permission.DIRECTORY_USER_DELETE)
    @Transactional
    @Operation(summary = "Delete a user")
    public Response delete(@PathParam("userId") UUID userId, @Context SecurityContext security) {
        accounts.delete(Caller.of(security), userId, clock.now());
        disabled.fire(new UserDisabled(userId));
        return Response.ok().build();
    }

    /**
     * Sets another user's password; 403 where that user may do what the caller may not. The user's sessions and sign-ins
     * end, unless the body says {@code "endOtherSessions": false}. A caller who is a user has signed in lately.
     */
    @POST
    @Path("{userId}/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_USER_SET_PASSWORD)
    @Operation(summary = "Set a user's password, and end the user's sessions unless endOtherSessions is false")
    public Response setPassword(
            @PathParam("userId") UUID userId, @RequiredBody PasswordBody body, @Context SecurityContext security) {
        passwordChanges.set(Caller.of(security), userId, body.newPassword(), OtherSessions.of(body.endOtherSessions()));
        return Response.ok().build();
    }

    /**
     * Makes an address by which a user who has forgotten the password sets another one: once, within an hour. It takes
     * the place of those before, and is told in this answer alone; 403 where the user may do what the caller may not. A caller who is a user has signed in
     * lately.
     */
    @POST
    @Path("{userId}/password/link")
    @RequiresPermission(Permission.DIRECTORY_USER_SET_PASSWORD)
    @Operation(summary = "Make a one-time link by which a user sets a forgotten password")
    public PasswordLinkBody makePasswordLink(@PathParam("userId") UUID userId, @Context SecurityContext security) {
        return passwordLinks.make(Caller.of(security), userId);
    }

    /**
     * Changes the caller's own password; 429 after too many wrong old ones, as at the sign-in. All other sessions and
     * sign-ins of the caller end, unless the body says {@code "endOtherSessions": false}.
     */
    @POST
    @Path("me/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Change one's own password, and end one's other sessions unless endOtherSessions is false")
    public Response changePassword(@RequiredBody PasswordBody.Mine given, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        UUID userId = caller.userId().orElseThrow(ApiException::notAUser);
        if (given.oldPassword() == null) {
            throw ApiException.invalidPassword("oldPassword", "The old password is missing.");
        }
        passwordChanges.changeOwn(
                caller,
                userId,
                given.oldPassword(),
                given.newPassword(),
                OtherSessions.of(given.endOtherSessions()),
                null,
                Locale.ENGLISH);
        return Response.ok().build();
    }

    /** A user's roles, and what they permit. */
    @GET
    @Path("{subjectId}/roles")
    @RequiresPermission(Permission.AUTHORIZATION_ROLE_VIEW)
    @Operation(summary = "A user's roles and permissions")
    public UserBody.Authorization roles(@PathParam("subjectId") UUID userId, @Context SecurityContext security) {
        return accounts.roles(Caller.of(security), userId);
    }

    /** Gives a user the roles of these ids, and no others; holds for live sessions at once. */
    @PUT
    @Path("{subjectId}/roles")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.AUTHORIZATION_GRANT_ADD)
    @Operation(summary = "Set a user's roles")
    public UserBody.Authorization setRoles(
            @PathParam("subjectId") UUID userId,
            @Nullable List<@Nullable UUID> roleIds,
            @Context SecurityContext security) {
        return accounts.setRoles(Caller.of(security), userId, roleIds);
    }
}
