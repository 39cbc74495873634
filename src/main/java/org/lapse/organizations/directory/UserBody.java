package org.lapse.organizations.directory;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user on the wire.
 *
 * @param id the user's id
 * @param name what people call the user
 * @param email the name for signing in; left out of a deleted user
 * @param username the same
 * @param state {@code active}, {@code inactive} or {@code deleted}
 * @param groups with {@code expand=groups} the user's groups; otherwise their names alone, and those only of the user
 *     who asks
 * @param authorization with {@code expand=authorization} the user's roles and what they permit
 * @param organization with {@code expand=organization} the user's organization
 * @param version counts the changes
 * @param selfUri where this user is
 */
public record UserBody(
        UUID id,
        String name,
        @Nullable String email,
        @Nullable String username,
        String state,
        @Nullable List<?> groups,
        @Nullable Authorization authorization,
        @Nullable Named organization,
        int version,
        String selfUri) {
    static UserBody of(
            User user, @Nullable List<?> groups, @Nullable Authorization authorization, @Nullable Named organization) {
        String username = user.state() == UserState.DELETED ? null : user.username();
        return new UserBody(
                user.id(),
                user.name(),
                username,
                username,
                user.state().wireName(),
                groups,
                authorization,
                organization,
                user.version(),
                "/api/v2/users/" + user.id());
    }

    static UserBody of(User user) {
        return of(user, null, null, null);
    }

    /**
     * A thing by its id and name.
     *
     * @param id its id
     * @param name what people call it
     * @param selfUri where it is
     */
    public record Named(UUID id, String name, @Nullable String selfUri) {
        static Named of(Group group) {
            return new Named(group.id(), group.name(), "/api/v2/groups/" + group.id());
        }

        static Named of(Role role) {
            return new Named(role.id(), role.name(), "/api/v2/authorization/roles/" + role.id());
        }

        static Named of(Organization organization) {
            return new Named(organization.id(), organization.name(), null);
        }
    }

    /**
     * What a user may do, and by which roles.
     *
     * @param roles the user's roles
     * @param permissions the wire names of all that they permit
     */
    public record Authorization(List<Named> roles, Set<String> permissions) {
        static Authorization of(User user) {
            Set<String> permissions = new TreeSet<>();
            user.roles().forEach(role -> permissions.addAll(role.permissions()));
            return new Authorization(
                    user.roles().stream()
                            .map(Named::of)
                            .sorted(Comparator.comparing(Named::name))
                            .toList(),
                    permissions);
        }
    }
}
