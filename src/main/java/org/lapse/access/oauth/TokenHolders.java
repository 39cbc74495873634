package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;

/** The users who may have tokens, as they are now. */
@Singleton
@Transactional
class TokenHolders {
    private final Users users;

    @Inject
    TokenHolders(Users users) {
        this.users = users;
    }

    /** The user of that id, if enabled and one of that organization. */
    Optional<TokenHolder> find(UUID organizationId, UUID userId) {
        return users.find(organizationId, userId).filter(User::isEnabled).map(this::holder);
    }

    private TokenHolder holder(User user) {
        Set<String> groups = new TreeSet<>(users.groupNames(user));
        groups.addAll(user.roleNames());
        return new TokenHolder(user.id(), user.username(), user.name(), groups, users.entitlements(user));
    }
}
