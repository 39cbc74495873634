package org.lapse.platform.api;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may be allowed to do, under the vendor's names ({@code domain:entity:action}). */
public enum Permission {
    /** End other people's tokens. */
    OAUTH_TOKEN_DELETE("oauth:token:delete", "End other people's tokens"),
    /** Read applications and OAuth clients. */
    OAUTH_CLIENT_VIEW("oauth:client:view", "Read applications and OAuth clients"),
    /** Create applications and OAuth clients. */
    OAUTH_CLIENT_ADD("oauth:client:add", "Create applications and OAuth clients"),
    /** Change applications and OAuth clients. */
    OAUTH_CLIENT_EDIT("oauth:client:edit", "Change applications and OAuth clients"),
    /** Delete applications and OAuth clients. */
    OAUTH_CLIENT_DELETE("oauth:client:delete", "Delete applications and OAuth clients"),
    /** Change what holds for the whole organization. */
    DIRECTORY_ORGANIZATION_ADMIN("directory:organization:admin", "Change what holds for the whole organization"),
    /** Read about other users: who they are, what they may do, which sessions they have and for how long. */
    DIRECTORY_USER_VIEW(
            "directory:user:view",
            "Read about other users: who they are, what they may do, which sessions they have and for how long"),
    /** Create users. */
    DIRECTORY_USER_ADD("directory:user:add", "Create users"),
    /** Change users, and disable them. */
    DIRECTORY_USER_EDIT("directory:user:edit", "Change users, and disable them"),
    /** Delete users. */
    DIRECTORY_USER_DELETE("directory:user:delete", "Delete users"),
    /** Change other users' passwords. */
    DIRECTORY_USER_SET_PASSWORD("directory:user:setPassword", "Change other users' passwords"),
    /** Create groups. */
    DIRECTORY_GROUP_ADD("directory:group:add", "Create groups"),
    /** Change groups and their members. */
    DIRECTORY_GROUP_EDIT("directory:group:edit", "Change groups and their members"),
    /** Delete groups. */
    DIRECTORY_GROUP_DELETE("directory:group:delete", "Delete groups"),
    /** Read roles, and who has them. */
    AUTHORIZATION_ROLE_VIEW("authorization:role:view", "Read roles, and who has them"),
    /** Create, change and delete roles. */
    AUTHORIZATION_ROLE_EDIT("authorization:role:edit", "Create, change and delete roles"),
    /** Give roles to users and take them away. */
    AUTHORIZATION_GRANT_ADD("authorization:grant:add", "Give roles to users and take them away"),
    /** Change other users' presence. */
    PRESENCE_USER_PRESENCE_EDIT("presence:userPresence:edit", "Change other users' presence"),
    /** Change other users' routing status, and say that they have open work. */
    ROUTING_USER_STATUS_EDIT(
            "routing:userStatus:edit", "Change other users' routing status, and say that they have open work"),
    /** Change the applications that are embedded. */
    INTEGRATIONS_INTEGRATION_EDIT("integrations:integration:edit", "Change the applications that are embedded"),
    /** Read the audit. */
    AUDITS_AUDIT_VIEW("audits:audit:view", "Read the audit");

    private final String wireName;
    private final String description;

    Permission(String wireName, String description) {
        this.wireName = wireName;
        this.description = description;
    }

    /** The name on the wire and in the database, such as {@code oauth:token:delete}. */
    public String wireName() {
        return wireName;
    }

    /** The first part of the name, such as {@code oauth}. */
    public String area() {
        return wireName.substring(0, wireName.indexOf(':'));
    }

    /** What it lets somebody do, in English, without a full stop. */
    public String description() {
        return description;
    }

    /** The wire names of all permissions: what an administrator's role holds. */
    public static Set<String> all() {
        return Arrays.stream(values()).map(Permission::wireName).collect(Collectors.toUnmodifiableSet());
    }
}
