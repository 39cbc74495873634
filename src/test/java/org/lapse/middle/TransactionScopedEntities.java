package org.lapse.middle;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The entity manager as {@code @PersistenceContext} gives it: threads may share it, and every transaction sees its own
 * persistence context. Stricter than a server's, it refuses whatever is asked outside of a transaction.
 */
final class TransactionScopedEntities implements InvocationHandler {
    private final EntityManagerFactory factory;
    private final TransactionSynchronizationRegistry registry = Narayana.registry();

    private TransactionScopedEntities(EntityManagerFactory factory) {
        this.factory = factory;
    }

    static EntityManager of(EntityManagerFactory factory) {
        return (EntityManager) Proxy.newProxyInstance(
                EntityManager.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                new TransactionScopedEntities(factory));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "the entity manager of the present transaction";
            };
        }
        try {
            return method.invoke(ofTransaction(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private EntityManager ofTransaction() {
        int status = registry.getTransactionStatus();
        if (status != Status.STATUS_ACTIVE && status != Status.STATUS_MARKED_ROLLBACK) {
            throw new IllegalStateException("No transaction is active here, and the entity manager is asked for one");
        }
        if (registry.getResource(factory) instanceof EntityManager known) {
            return known;
        }
        EntityManager made = factory.createEntityManager();
        made.joinTransaction();
        registry.putResource(factory, made);
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Hibernate flushes by a synchronization of its own
            }

            @Override
            public void afterCompletion(int outcome) {
                made.close();
            }
        });
        return made;
    }
}
