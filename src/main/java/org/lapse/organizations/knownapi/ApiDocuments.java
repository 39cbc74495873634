package org.lapse.organizations.knownapi;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The documents that all organizations have registered. */
@Singleton
@Transactional
class ApiDocuments {
    private final EntityManager entities;

    @Inject
    ApiDocuments(EntityManager entities) {
        this.entities = entities;
    }

    /** An organization's, by name. */
    List<ApiDocument> of(UUID organizationId) {
        return entities.createQuery(
                        "select d from ApiDocument d where d.organizationId = :organization order by d.name",
                        ApiDocument.class)
                .setParameter("organization", organizationId)
                .getResultList();
    }

    Optional<ApiDocument> find(UUID organizationId, String name) {
        return of(organizationId).stream()
                .filter(document -> document.name().equals(name))
                .findFirst();
    }

    void save(ApiDocument document) {
        if (!entities.contains(document)) {
            entities.persist(document);
        }
        entities.flush();
    }

    void remove(ApiDocument document) {
        entities.remove(document);
    }
}
