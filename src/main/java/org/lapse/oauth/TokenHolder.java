package org.lapse.oauth;

import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.lapse.directory.Entitlements;
import org.lapse.directory.Person;

/**
 * A user as tokens speak of them.
 *
 * @param id the subject
 * @param username the name for signing in
 * @param name what people call the user
 * @param groups the names of the user's groups and roles
 * @param entitlements the user's groups, and what the user may do
 */
record TokenHolder(UUID id, String username, String name, Set<String> groups, Entitlements entitlements) {
    static TokenHolder of(Person person) {
        Set<String> groups = new TreeSet<>(person.groupNames());
        groups.addAll(person.roleNames());
        return new TokenHolder(person.id(), person.username(), person.name(), groups, person.entitlements());
    }
}
