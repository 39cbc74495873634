package org.lapse.directory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** All organizations of this installation. */
@Singleton
@Transactional
public class Organizations {
    private final EntityManager entities;

    @Inject
    Organizations(EntityManager entities) {
        this.entities = entities;
    }

    /** The organization of that id, which must exist. */
    public Organization get(UUID organizationId) {
        Organization organization = entities.find(Organization.class, organizationId);
        if (organization == null) {
            throw new IllegalStateException("There is no organization " + organizationId);
        }
        return organization;
    }
}
