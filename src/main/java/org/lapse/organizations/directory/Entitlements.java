package org.lapse.organizations.directory;

import java.util.Set;
import java.util.UUID;

/**
 * What a user is given by membership: what sessions of the user are governed by, beside the user's own name.
 *
 * @param groups the ids of the groups that the user is a member of
 * @param permissions the wire names of all that the user's roles permit
 */
public record Entitlements(Set<UUID> groups, Set<String> permissions) {
    /** Of somebody who is in no group and has no role. */
    public static final Entitlements NONE = new Entitlements(Set.of(), Set.of());

    /** Keeps the sets from being changed. */
    public Entitlements {
        groups = Set.copyOf(groups);
        permissions = Set.copyOf(permissions);
    }
}
