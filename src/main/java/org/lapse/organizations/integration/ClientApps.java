package org.lapse.organizations.integration;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The embedded applications of all organizations. */
@Singleton
@Transactional
class ClientApps {
    private final EntityManager entities;

    @Inject
    ClientApps(EntityManager entities) {
        this.entities = entities;
    }

    Optional<ClientApp> find(UUID organizationId, UUID id) {
        return Optional.ofNullable(entities.find(ClientApp.class, new ClientApp.Key(organizationId, id)));
    }

    void add(ClientApp app) {
        entities.persist(app);
    }

    void flush() {
        entities.flush();
    }

    void remove(ClientApp app) {
        entities.remove(app);
    }

    /** A page of an organization's, by name. */
    List<ClientApp> of(UUID organizationId, int first, int count) {
        return entities.createQuery(
                        "select c from ClientApp c where c.key.organizationId = :organization order by c.name, c.key.id",
                        ClientApp.class)
                .setParameter("organization", organizationId)
                .setFirstResult(first)
                .setMaxResults(count)
                .getResultList();
    }

    long count(UUID organizationId) {
        return entities.createQuery(
                        "select count(c) from ClientApp c where c.key.organizationId = :organization", Long.class)
                .setParameter("organization", organizationId)
                .getSingleResult();
    }
}
