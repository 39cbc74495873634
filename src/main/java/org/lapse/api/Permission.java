package org.lapse.api;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may be allowed to do, under the vendor's names ({@code domain:entity:action}). */
public enum Permission {
    /** End other people's tokens. */
    OAUTH_TOKEN_DELETE("oauth:token:delete"),
    /** Read applications. */
    OAUTH_CLIENT_VIEW("oauth:client:view"),
    /** Change applications. */
    OAUTH_CLIENT_EDIT("oauth:client:edit"),
    /** Change what holds for the whole organization. */
    DIRECTORY_ORGANIZATION_ADMIN("directory:organization:admin"),
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
