package org.lapse.organizations.directory;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.lapse.platform.api.ApiException;

/** What the password policy must know of those who get a password. */
@Singleton
@Transactional
class PasswordOwners {
    private final Users users;
    private final Organizations organizations;
    private final Instance<SecondFactors> secondFactors;

    @Inject
    PasswordOwners(Users users, Organizations organizations, @Any Instance<SecondFactors> secondFactors) {
        this.users = users;
        this.organizations = organizations;
        this.secondFactors = secondFactors;
    }

    /**
     * A user who is there.
     *
     * @throws ApiException 404 where there is none
     */
    @Transactional
    PasswordOwner find(UUID organizationId, UUID userId) {
        User user = users.find(organizationId, userId).orElseThrow(ApiException::notFound);
        boolean secondFactor = secondFactors.stream().anyMatch(known -> known.areInForce(organizationId, userId));
        return new PasswordOwner(organizationId, nameOf(organizationId), user.name(), user.username(), secondFactor);
    }

    /** A user who is being made, and so has the password alone. */
    PasswordOwner of(UUID organizationId, UserCreation creation) {
        return new PasswordOwner(
                organizationId, nameOf(organizationId), creation.validName(), creation.username(), false);
    }

    private String nameOf(UUID organizationId) {
        return organizations.get(organizationId).name();
    }
}
