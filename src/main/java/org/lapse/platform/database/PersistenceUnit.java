package org.lapse.platform.database;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * Gives beans the {@code lapse} persistence unit by constructor injection. The entity manager is the server's proxy: it
 * may be shared between threads, and every transaction sees its own persistence context.
 */
@Singleton
class PersistenceUnit {
    @Produces
    @PersistenceContext(unitName = "lapse")
    @SuppressWarnings("UnusedVariable") // CDI reads the field
    private EntityManager entityManager;
}
