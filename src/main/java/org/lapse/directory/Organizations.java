package org.lapse.directory;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** All organizations of this installation. */
@Singleton
@Transactional
public class Organizations {
    @PersistenceContext
    private EntityManager entities;

    /** The organization of that id, which must exist. */
    public Organization get(UUID organizationId) {
        Organization organization = entities.find(Organization.class, organizationId);
        if (organization == null) {
            throw new IllegalStateException("There is no organization " + organizationId);
        }
        return organization;
    }
}
