package org.lapse.middle;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jboss.weld.injection.spi.JpaInjectionServices;
import org.jboss.weld.injection.spi.ResourceInjectionServices;
import org.jboss.weld.injection.spi.ResourceReference;
import org.jboss.weld.injection.spi.ResourceReferenceFactory;
import org.jboss.weld.injection.spi.helpers.SimpleResourceReference;

/** What a server injects where it says {@link Resource} or {@code @PersistenceContext}. */
final class ServerResources implements ResourceInjectionServices, JpaInjectionServices {
    private final DataSource database;
    private final EntityManagerFactory factory;
    private final EntityManager entities;
    private final ExecutorService threads;
    private final ManagedExecutorService executor;

    ServerResources(DataSource database, EntityManagerFactory factory) {
        this.database = database;
        this.factory = factory;
        this.entities = TransactionScopedEntities.of(factory);
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "managed executor");
            thread.setDaemon(true);
            return thread;
        });
        this.executor = managed(threads);
    }

    /** The plain part of a managed executor. */
    private static ManagedExecutorService managed(ExecutorService threads) {
        return (ManagedExecutorService) Proxy.newProxyInstance(
                ManagedExecutorService.class.getClassLoader(),
                new Class<?>[] {ManagedExecutorService.class},
                (proxy, method, arguments) -> {
                    if (!method.getDeclaringClass().isInstance(threads)) {
                        throw new UnsupportedOperationException("Only a server has " + method);
                    }
                    try {
                        return method.invoke(threads, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    EntityManager entities() {
        return entities;
    }

    @Override
    public ResourceReferenceFactory<Object> registerResourceInjectionPoint(InjectionPoint point) {
        Type type = point.getType();
        if (type == DataSource.class) {
            return giving(() -> database);
        }
        if (type == ManagedExecutorService.class) {
            return giving(() -> executor);
        }
        if (type == ManagedThreadFactory.class) {
            return giving(PlainThreads::new);
        }
        return giving(() -> {
            throw new UnsupportedOperationException("Java SE has nothing for " + point);
        });
    }

    @Override
    public ResourceReferenceFactory<Object> registerResourceInjectionPoint(String jndiName, String mappedName) {
        throw new UnsupportedOperationException("Nothing asks by a name alone: " + jndiName);
    }

    @Override
    public ResourceReferenceFactory<EntityManager> registerPersistenceContextInjectionPoint(InjectionPoint point) {
        return giving(() -> entities);
    }

    @Override
    public ResourceReferenceFactory<EntityManagerFactory> registerPersistenceUnitInjectionPoint(InjectionPoint point) {
        return giving(() -> factory);
    }

    private static <T> ResourceReferenceFactory<T> giving(Supplier<T> resource) {
        return new ResourceReferenceFactory<>() {
            @Override
            public ResourceReference<T> createResource() {
                return new SimpleResourceReference<>(resource.get());
            }
        };
    }

    @Override
    public void cleanup() {
        threads.shutdownNow();
    }

    /** Threads that have nothing of a server's. */
    private static final class PlainThreads implements ManagedThreadFactory {
        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "managed thread");
            thread.setDaemon(true);
            return thread;
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            return ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        }
    }
}
