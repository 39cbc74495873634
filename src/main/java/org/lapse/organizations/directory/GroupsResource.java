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
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Ids;
import org.lapse.platform.api.MultiLine;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.api.SortOrder;
import org.lapse.platform.api.Texts;
import org.lapse.platform.clock.WallClock;

/** {@code /api/v2/groups}: groups and their members, as the vendor's SDKs see them. */
@Singleton
@Path("v2/groups")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class GroupsResource {
    private static final String GROUPS = "/api/v2/groups";
    private static final String OFFICIAL = "official";
    private static final String PUBLIC = "public";

    @Inject
    private Groups groups;

    @Inject
    private Users users;

    @Inject
    private Event<Administered> administered;

    @Inject
    private WallClock clock;

    /** A page of the groups, in the order of their names. */
    @GET
    @Operation(summary = "The groups of the organization, or those of some ids")
    @Transactional
    public Page<GroupBody> list(
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @QueryParam("id") List<String> ids,
            @Parameter(description = "What the name contains, in capitals or not") @QueryParam("contains") @Nullable
                    String contains,
            @QueryParam("sortOrder") @Nullable String sortOrder,
            @Context SecurityContext security) {
        UUID organizationId = Caller.of(security).organizationId();
        Page.Request page = Page.Request.of(pageSize, pageNumber);
        List<UUID> wanted = Ids.ofQuery("id", ids);
        String inName = Contained.of(contains);
        List<GroupBody> found = groups.find(organizationId, wanted, inName, SortOrder.of(sortOrder), page).stream()
                .map(this::body)
                .toList();
        return Page.of(found, page, groups.count(organizationId, wanted, inName), GROUPS);
    }

    /** Makes a group without members. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_GROUP_ADD)
    @Operation(summary = "Create a group")
    @Transactional
    public GroupBody create(@RequiredBody GroupChange given, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Group group = new Group(caller.organizationId(), Texts.name("name", given.name), clock.now());
        given.apply(group, clock.now());
        groups.add(group);
        return tell(caller, "group.create", group, null);
    }

    /** One group. */
    @GET
    @Path("{groupId}")
    @Operation(summary = "A group")
    @Transactional
    public GroupBody get(@PathParam("groupId") UUID groupId, @Context SecurityContext security) {
        return body(find(Caller.of(security), groupId));
    }

    /** Changes what the body names; 409 where its version is not the group's. */
    @PUT
    @Path("{groupId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_GROUP_EDIT)
    @Operation(summary = "Change a group's name or description")
    @Transactional
    public GroupBody change(
            @PathParam("groupId") UUID groupId, @RequiredBody GroupChange given, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Group group = find(caller, groupId);
        GroupBody before = body(group);
        if (given.version == null) {
            throw ApiException.invalidValue("version", "The version that the change is based on is missing.");
        }
        mustBeCurrent(group, given.version);
        given.apply(group, clock.now());
        groups.changed();
        return tell(caller, "group.update", group, before);
    }

    /** Deletes a group; its members are members no longer, in their live sessions too. */
    @DELETE
    @Path("{groupId}")
    @RequiresPermission(Permission.DIRECTORY_GROUP_DELETE)
    @Operation(summary = "Delete a group")
    @Transactional
    public Response delete(@PathParam("groupId") UUID groupId, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Group group = find(caller, groupId);
        GroupBody before = body(group);
        groups.remove(group);
        administered.fire(new Administered(caller, "group.delete", "group", groupId.toString(), before, null));
        return Response.ok().build();
    }

    /** A page of a group's members, in the order of their names. */
    @GET
    @Path("{groupId}/members")
    @RequiresPermission(Permission.DIRECTORY_USER_VIEW)
    @Operation(summary = "The members of a group")
    @Transactional
    public Page<UserBody> members(
            @PathParam("groupId") UUID groupId,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @QueryParam("sortOrder") @Nullable String sortOrder,
            @Context SecurityContext security) {
        Group group = find(Caller.of(security), groupId);
        Page.Request page = Page.Request.of(pageSize, pageNumber);
        List<UserBody> found = groups.members(group, SortOrder.of(sortOrder), page).stream()
                .map(UserBody::of)
                .toList();
        return Page.of(found, page, groups.countMembers(group), GROUPS + "/" + groupId + "/members");
    }

    /** Takes users in; holds for their live sessions at once. */
    @POST
    @Path("{groupId}/members")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_GROUP_EDIT)
    @Operation(summary = "Add members to a group")
    @Transactional
    public Response addMembers(
            @PathParam("groupId") UUID groupId, @RequiredBody MembersChange given, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Group group = find(caller, groupId);
        if (given.version != null) {
            mustBeCurrent(group, given.version);
        }
        List<UUID> userIds = Ids.ofBody("memberIds", given.memberIds);
        group.addAll(users.lockAll(caller.organizationId(), userIds, "memberIds"), clock.now());
        membershipChanged(caller, group, "group.members.add", userIds);
        return Response.ok().build();
    }

    /** Lets members go; holds for their live sessions at once. */
    @DELETE
    @Path("{groupId}/members")
    @RequiresPermission(Permission.DIRECTORY_GROUP_EDIT)
    @Operation(summary = "Remove members from a group")
    @Transactional
    public Response removeMembers(
            @PathParam("groupId") UUID groupId,
            @QueryParam("ids") List<String> ids,
            @QueryParam("id") List<String> more,
            @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Group group = find(caller, groupId);
        List<UUID> userIds = Stream.concat(Ids.ofQuery("ids", ids).stream(), Ids.ofQuery("id", more).stream())
                .toList();
        if (userIds.isEmpty()) {
            throw ApiException.invalidValue("ids", "The ids of the members are missing.");
        }
        Set<User> leaving = users.lockAll(caller.organizationId(), userIds, "ids");
        group.removeAll(leaving, clock.now());
        membershipChanged(caller, group, "group.members.remove", userIds);
        return Response.ok().build();
    }

    private Group find(Caller caller, UUID groupId) {
        return groups.find(caller.organizationId(), groupId).orElseThrow(ApiException::notFound);
    }

    private static void mustBeCurrent(Group group, int version) {
        if (version != group.version()) {
            throw ApiException.conflict("The group has been changed since version " + version + " was read.");
        }
    }

    private void membershipChanged(Caller caller, Group group, String action, List<UUID> userIds) {
        groups.membershipChanged(userIds);
        administered.fire(new Administered(
                caller, action, "group", group.id().toString(), null, new MembersChange(userIds, group.version())));
    }

    private GroupBody body(Group group) {
        return GroupBody.of(group, groups.countMembers(group));
    }

    private GroupBody tell(Caller caller, String action, Group group, @Nullable GroupBody before) {
        GroupBody after = body(group);
        administered.fire(new Administered(caller, action, "group", group.id().toString(), before, after));
        return after;
    }

    /**
     * What an administrator says about a group; a field that is left out stays as it was. What the API only tells about
     * a group may stand in the body and changes nothing.
     *
     * @param name what people call it
     * @param description what it is for
     * @param type {@code official}: there are no others
     * @param visibility {@code public}: every group is visible to the whole organization
     * @param version the version that a change is based on
     */
    @JsonIgnoreProperties({"id", "dateModified", "memberCount", "state", "rulesVisible", "selfUri"})
    public record GroupChange(
            @Nullable String name,
            @MultiLine @Nullable String description,
            @Nullable String type,
            @Nullable String visibility,
            @Nullable Integer version) {
        void apply(Group group, Instant now) {
            if (type != null && !type.equals(OFFICIAL)) {
                throw ApiException.invalidValue("type", "Every group is official.");
            }
            if (visibility != null && !visibility.equals(PUBLIC)) {
                throw ApiException.invalidValue("visibility", "Every group is public.");
            }
            if (name != null) {
                group.rename(Texts.name("name", name), now);
            }
            if (description != null) {
                group.describe(Texts.description("description", description), now);
            }
        }
    }

    /**
     * Users who become members, or are members no longer.
     *
     * @param memberIds their ids
     * @param version the version of the group that the change is based on; left out where any will do
     */
    public record MembersChange(
            @Nullable List<@Nullable UUID> memberIds,
            @Nullable Integer version) {}

    /**
     * A group on the wire.
     *
     * @param id its id
     * @param name what people call it
     * @param description what it is for
     * @param dateModified when it or its membership was changed last
     * @param memberCount how many members it has
     * @param state always {@code active}
     * @param version counts the changes, those of its membership included
     * @param type always {@code official}
     * @param rulesVisible always true: there are no rules that could be hidden
     * @param visibility always {@code public}
     * @param selfUri where it is
     */
    public record GroupBody(
            UUID id,
            String name,
            @Nullable String description,
            Instant dateModified,
            long memberCount,
            String state,
            int version,
            String type,
            boolean rulesVisible,
            String visibility,
            String selfUri) {
        static GroupBody of(Group group, long memberCount) {
            return new GroupBody(
                    group.id(),
                    group.name(),
                    group.description(),
                    group.modifiedAt(),
                    memberCount,
                    "active",
                    group.version(),
                    OFFICIAL,
                    true,
                    PUBLIC,
                    GROUPS + "/" + group.id());
        }
    }
}
