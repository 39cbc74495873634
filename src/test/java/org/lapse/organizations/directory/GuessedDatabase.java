package org.lapse.organizations.directory;

import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy;
import org.hibernate.cfg.Configuration;

/**
 * A database with Lapse's tables and Hibernate on it, without a server. Its entity manager may be shared between
 * threads, as a server's: each transaction sees its own persistence context.
 */
final class GuessedDatabase implements AutoCloseable {
    private final SessionFactory sessions;
    private final ThreadLocal<Optional<EntityManager>> current = ThreadLocal.withInitial(Optional::empty);

    GuessedDatabase(DataSource source) {
        Flyway.configure().dataSource(source).load().migrate();
        Configuration configuration = new Configuration()
                .addAnnotatedClass(Organization.class)
                .addAnnotatedClass(Role.class)
                .addAnnotatedClass(User.class)
                .addAnnotatedClass(PasswordGuess.class)
                .addAnnotatedClass(GuessedAccount.class)
                .addAnnotatedClass(GuessingAddress.class)
                .setPhysicalNamingStrategy(new CamelCaseToUnderscoresNamingStrategy())
                .setProperty("hibernate.type.xml_format_mapper", "jaxb")
                .setProperty("hibernate.jdbc.time_zone", "UTC");
        configuration.getProperties().put("hibernate.connection.datasource", source);
        sessions = configuration.buildSessionFactory();
    }

    /** The entity manager of the transaction that the calling thread is in. */
    EntityManager entities() {
        return (EntityManager) Proxy.newProxyInstance(
                EntityManager.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(
                                current.get().orElseThrow(() -> new IllegalStateException("Not in a transaction")),
                                arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Whether the calling thread is in a transaction. */
    boolean isInTransaction() {
        return current.get().isPresent();
    }

    /** Does something in one transaction, which is rolled back where it throws. */
    <R> R inTransaction(Supplier<R> work) {
        if (isInTransaction()) {
            throw new IllegalStateException("These transactions have none inside");
        }
        try (EntityManager entities = sessions.createEntityManager()) {
            entities.getTransaction().begin();
            current.set(Optional.of(entities));
            R result = work.get();
            entities.getTransaction().commit();
            return result;
        } finally {
            current.remove();
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}
