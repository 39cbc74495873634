package org.lapse.platform.database;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * Gives beans the {@code lapse} persistence unit by constructor injection. The entity manager is the server's proxy: it
 * may be shared between threads, and every transaction sees its own persistence context.
 *
 * <p>Servers of Jakarta EE 11 have a bean for it by themselves (Jakarta Persistence 3.2). As a selected
 * alternative this one is taken instead of theirs, so that every server has the same.
 */
@Singleton
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
class PersistenceUnit {
    @Produces
    @PersistenceContext(unitName = "lapse")
    @SuppressWarnings("UnusedVariable") // CDI reads the field
    private EntityManager entityManager;
}
