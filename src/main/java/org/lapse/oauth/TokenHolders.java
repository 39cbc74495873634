package org.lapse.oauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.lapse.directory.Users;

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
        return users.person(userId)
                .filter(person -> person.organizationId().equals(organizationId))
                .map(TokenHolder::of);
    }
}
