package org.lapse.organizations.directory;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A user who may sign in, as sessions and tokens speak of one; read at one moment, and free of the rows.
 *
 * @param id the id that never changes; the subject of tokens
 * @param organizationId the organization that the user belongs to
 * @param username the name for signing in
 * @param name what people call the user
 * @param groupNames the names of the user's groups
 * @param roles the names of the user's roles, each with the wire names of what it permits
 * @param entitlements the ids of these groups, and what these roles permit
 */
public record EnabledUser(
        UUID id,
        UUID organizationId,
        String username,
        String name,
        Set<String> groupNames,
        Map<String, Set<String>> roles,
        Entitlements entitlements) {
    /** Keeps the sets from being changed. */
    public EnabledUser {
        groupNames = Set.copyOf(groupNames);
        roles = Map.copyOf(roles);
    }
}
