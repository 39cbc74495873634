package org.lapse.platform.api;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may be allowed to do, under the vendor's names ({@code domain:entity:action}). */
public enum Permission {
    /** End other people's tokens. */
    OAUTH_TOKEN_DELETE("oauth:token:delete"),
    /** Read applications and OAuth clients. */
    OAUTH_CLIENT_VIEW("oauth:client:view"),
    /** Create applications and OAuth clients. */
    OAUTH_CLIENT_ADD("oauth:client:add"),
    /** Change applications and OAuth clients. */
    OAUTH_CLIENT_EDIT("oauth:client:edit"),
    /** Delete applications and OAuth clients. */
    OAUTH_CLIENT_DELETE("oauth:client:delete"),
    /** Change what holds for the whole organization. */
    DIRECTORY_ORGANIZATION_ADMIN("directory:organization:admin"),
    /** Read about other users: who they are, what they may do, which sessions they have and for how long. */
    DIRECTORY_USER_VIEW("directory:user:view"),
    /** Create users. */
    DIRECTORY_USER_ADD("directory:user:add"),
    /** Change users, and disable them. */
    DIRECTORY_USER_EDIT("directory:user:edit"),
    /** Delete users. */
    DIRECTORY_USER_DELETE("directory:user:delete"),
    /** Change other users' passwords. */
    DIRECTORY_USER_SET_PASSWORD("directory:user:setPassword"),
    /** Create groups. */
    DIRECTORY_GROUP_ADD("directory:group:add"),
    /** Change groups and their members. */
    DIRECTORY_GROUP_EDIT("directory:group:edit"),
    /** Delete groups. */
    DIRECTORY_GROUP_DELETE("directory:group:delete"),
    /** Read roles, and who has them. */
    AUTHORIZATION_ROLE_VIEW("authorization:role:view"),
    /** Create, change and delete roles. */
    AUTHORIZATION_ROLE_EDIT("authorization:role:edit"),
    /** Give roles to users and take them away. */
    AUTHORIZATION_GRANT_ADD("authorization:grant:add"),
    /** Change other users' presence. */
    PRESENCE_USER_PRESENCE_EDIT("presence:userPresence:edit"),
    /** Change other users' routing status, and say that they have open work. */
    ROUTING_USER_STATUS_EDIT("routing:userStatus:edit"),
    /** Change the applications that are embedded. */
    INTEGRATIONS_INTEGRATION_EDIT("integrations:integration:edit"),
    /** Read the audit. */
    AUDITS_AUDIT_VIEW("audits:audit:view");

    private final String wireName;

    Permission(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire and in the database, such as {@code oauth:token:delete}. */
    public String wireName() {
        return wireName;
    }

    /** The wire names of all permissions: what an administrator's role holds. */
    public static Set<String> all() {
        return Arrays.stream(values()).map(Permission::wireName).collect(Collectors.toUnmodifiableSet());
    }
}
