package org.lapse.directory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** All groups, of every organization; each question names the organization that it is about. */
@Singleton
@Transactional
public class Groups {
    private final EntityManager entities;

    @Inject
    Groups(EntityManager entities) {
        this.entities = entities;
    }

    /** Those of the ids that are ids of groups of that organization. */
    public Set<UUID> existing(UUID organizationId, Collection<UUID> groupIds) {
        return Set.copyOf(entities.createQuery(
                        "select g.id from Group g where g.organizationId = :organization and g.id in :ids", UUID.class)
                .setParameter("organization", organizationId)
                .setParameter("ids", groupIds)
                .getResultList());
    }
}
