package org.lapse.organizations.directory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** All organizations of this installation. */
@Singleton
@Transactional
public class Organizations {
    /** The organization of names that lead to none: their guesses are counted too. */
    public static final UUID NONE = new UUID(0, 0);

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

    /**
     * Lets one change at a time decide who administers an organization, until the caller's transaction is over. By a
     * query, because that locks on PostgreSQL for no change of the key: anybody who signs in refers to the row, and
     * does not wait.
     */
    void lockAdministration(UUID organizationId) {
        entities.createQuery("select o.id from Organization o where o.id = :id", UUID.class)
                .setParameter("id", organizationId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResult();
    }

    /** The organization of that domain. A domain with a control character is nobody's. */
    public Optional<Organization> findByDomain(String domain) {
        if (domain.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty(); // PostgreSQL would not even take some of them as a parameter
        }
        return entities.createQuery("select o from Organization o where o.domain = :domain", Organization.class)
                .setParameter("domain", domain)
                .getResultStream()
                .findFirst();
    }
}
