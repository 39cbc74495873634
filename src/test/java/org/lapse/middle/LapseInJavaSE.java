package org.lapse.middle;

import com.arjuna.ats.jta.cdi.TransactionExtension;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.inject.ConfigExtension;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.flywaydb.core.Flyway;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.lapse.installation.FirstStart;
import org.lapse.organizations.directory.Passwords;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.database.Migrations;
import org.lapse.sessions.expiry.Restoration;

/**
 * Lapse without a server: every class of the WAR is a bean here too, transactions are real, and the database is a fresh
 * one. What EJBs do at the start of a server has been done: migrations, the demonstration's organizations, reading
 * back. Their timers do not run; resources, filters and servlets are there and nobody calls them. One at a time in a
 * JVM, with further nodes on its database if a test {@linkplain #startAnother starts} them.
 */
public final class LapseInJavaSE implements AutoCloseable {
    /** They say much that is of no interest in a test; kept, because a logger that nobody holds forgets its level. */
    private static final List<Logger> QUIET = Stream.of(
                    "org.jboss.weld",
                    "org.hibernate",
                    "org.flywaydb",
                    "com.arjuna",
                    "io.zonky",
                    "io.agroal",
                    "org.lapse.installation",
                    "org.lapse.sessions.expiry")
            .map(Logger::getLogger)
            .toList();

    /** Warns of two settings without which Hibernate does not run on Payara. */
    private static final Logger DEPRECATION = Logger.getLogger("org.hibernate.orm.deprecation");

    static {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        DEPRECATION.setLevel(Level.SEVERE);
        RuntimeDelegate.setInstance(new Responses());
    }

    private static final ClassLoader CLASSES = LapseInJavaSE.class.getClassLoader();
    private static final AtomicInteger NODES = new AtomicInteger();

    /** By the password. */
    private static final Map<String, String> HASHES = new ConcurrentHashMap<>();

    private final Database.Fresh database;
    private final Afterwards whatItHasAlone;
    private final AgroalDataSource pool;
    private final EntityManagerFactory factory;
    private final ServerResources resources;
    private final WeldContainer container;

    /**
     * Makes a node.
     *
     * @param whatItHasAlone given back after its end
     */
    private LapseInJavaSE(Database.Fresh database, Afterwards whatItHasAlone) throws SQLException {
        this.database = database;
        this.whatItHasAlone = whatItHasAlone;
        this.pool = pool(database);
        this.factory = Persistence.createEntityManagerFactory(
                "lapse",
                Map.of(
                        "jakarta.persistence.jtaDataSource",
                        pool,
                        "hibernate.transaction.jta.platform",
                        new Narayana.ForHibernate(),
                        "hibernate.session_factory.statement_inspector",
                        new Statements()));
        this.resources = new ServerResources(pool, factory);
        this.container = new Weld("lapse " + NODES.incrementAndGet())
                .disableDiscovery()
                .skipShutdownHook()
                .addBeanClasses(classesOfTheWar())
                .addBeanClass(Told.class)
                .addExtensions(new ConfigExtension(), new TransactionExtension())
                .addServices(resources, new Narayana.ForObservers())
                .initialize();
    }

    /**
     * Starts it on a fresh database, with the demonstration's organizations, and with configuration beside the
     * defaults.
     */
    public static LapseInJavaSE start(Database kind, Map<String, String> configuration) {
        try {
            return start(kind.fresh(), configuration);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LapseInJavaSE start(Database.Fresh database, Map<String, String> configuration) throws SQLException {
        LapseInJavaSE lapse = make(database, configuration);
        boolean started = false;
        try {
            lapse.doWhatStartupBeansDo();
            started = true;
            return lapse;
        } finally {
            if (!started) {
                lapse.close();
            }
        }
    }

    private static LapseInJavaSE make(Database.Fresh database, Map<String, String> configuration) throws SQLException {
        Config config = configure(configuration);
        return new LapseInJavaSE(database, () -> {
            ConfigProviderResolver.instance().releaseConfig(config);
            PrometheusRegistry.defaultRegistry.clear();
            database.drop();
        });
    }

    /** All nodes of this JVM are configured alike. */
    private static Config configure(Map<String, String> configuration) {
        Config config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(configuration, "test", 100))
                .withDefaultValue("lapse.demo", "true")
                .build();
        ConfigProviderResolver.instance().registerConfig(config, CLASSES);
        return config;
    }

    /**
     * Starts another node on the database of this one, with the same configuration and beans of its own; to be closed
     * before this one. What is measured from now on is measured on it.
     */
    public LapseInJavaSE startAnother() {
        try {
            LapseInJavaSE another = makeAnother();
            another.doWhatStartupBeansDo();
            return another;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts two nodes at the same moment on an empty database; the second is to be closed first. */
    static List<LapseInJavaSE> startTwoAtOnce(Database kind, Map<String, String> configuration) throws SQLException {
        LapseInJavaSE first = make(kind.fresh(), configuration);
        List<LapseInJavaSE> both = List.of(first, first.makeAnother());
        CompletableFuture.allOf(both.stream()
                        .map(node -> CompletableFuture.runAsync(node::doWhatStartupBeansDo))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        return both;
    }

    private LapseInJavaSE makeAnother() throws SQLException {
        PrometheusRegistry.defaultRegistry.clear(); // each name is there once in a JVM
        return new LapseInJavaSE(database, () -> {});
    }

    /**
     * Starts it on a database that an earlier version has left.
     *
     * @param version the last migration that it knew
     * @param rows writes what there was
     */
    public static LapseInJavaSE upgrade(
            Database kind, String version, Consumer<Connection> rows, Map<String, String> configuration)
            throws SQLException {
        Database.Fresh database = kind.fresh();
        Flyway.configure(CLASSES)
                .dataSource(database.url(), Database.USER, Database.PASSWORD)
                .target(version)
                .load()
                .migrate();
        try (Connection connection = database.connect()) {
            rows.accept(connection);
        }
        return start(database, configuration);
    }

    /** Each does it where it is made, in the transaction that an EJB has there. */
    private void doWhatStartupBeansDo() {
        get(Migrations.class);
        inTransaction(() -> get(FirstStart.class));
        get(Restoration.class);
    }

    private static AgroalDataSource pool(Database.Fresh database) throws SQLException {
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(connections -> connections
                        .maxSize(20)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .transactionIntegration(new CommitBoundaries(
                                new NarayanaTransactionIntegration(Narayana.manager(), Narayana.registry()),
                                database.kind()))
                        .connectionFactoryConfiguration(connection -> connection
                                .connectionProviderClassName(database.kind().driver())
                                .jdbcUrl(database.url())
                                .principal(new NamePrincipal(Database.USER))
                                .credential(new SimplePassword(Database.PASSWORD)))));
    }

    /** The test classes lie elsewhere, so they are no beans. */
    private static Class<?>[] classesOfTheWar() {
        try {
            Path root = Path.of(WallClock.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.map(file -> root.relativize(file).toString())
                        .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                        .map(file -> file.substring(0, file.length() - ".class".length())
                                .replace('/', '.')
                                .replace('\\', '.'))
                        .map(LapseInJavaSE::classOf)
                        .toArray(Class<?>[]::new);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(name, false, CLASSES);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bean of that class. */
    public <T> T get(Class<T> type) {
        return container.select(type).get();
    }

    /** The bean of that type. */
    public <T> T get(TypeLiteral<T> type) {
        return container.select(type).get();
    }

    /** The clock, which a test puts forward instead of waiting. */
    public WallClock clock() {
        return get(WallClock.class);
    }

    /** A hash of a password, for users whom a test makes: one for all, because each takes a while. */
    public String hashOf(String password) {
        return HASHES.computeIfAbsent(password, get(Passwords.class)::hash);
    }

    /** The entity manager that the beans have; for use inside of transactions. */
    public EntityManager entities() {
        return resources.entities();
    }

    /** Fires an event, inside the present transaction if there is one. */
    public void fire(Object event) {
        container.event().fire(event);
    }

    /** The events of that type that were fired, whatever became of the transaction. */
    public <E> List<E> fired(Class<E> type) {
        return get(Told.class).fired(type);
    }

    /** The events of that type that observers were told after the transaction had succeeded. */
    public <E> List<E> toldAfterSuccess(Class<E> type) {
        return get(Told.class).afterSuccess(type);
    }

    /**
     * Does it while whatever is fired of that type has an observer that throws, inside the transaction if there is one.
     */
    public void withFailingObserver(Predicate<Object> ofWhat, Runnable work) {
        Told told = get(Told.class);
        told.interrupt(event -> {
            if (ofWhat.test(event)) {
                throw new IllegalStateException("An observer has failed");
            }
        });
        try {
            work.run();
        } finally {
            told.interrupt(event -> {});
        }
    }

    /** Does it in a transaction of its own, which is rolled back if it throws. */
    public <T> T inTransaction(Callable<T> work) {
        TransactionManager transactions = Narayana.manager();
        try {
            transactions.begin();
            try {
                T result = work.call();
                transactions.commit();
                return result;
            } finally {
                if (transactions.getStatus() != Status.STATUS_NO_TRANSACTION) {
                    transactions.rollback();
                }
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same for what gives nothing back. */
    public void inTransaction(Runnable work) {
        inTransaction(() -> {
            work.run();
            return true;
        });
    }

    /** Does it while the scope of a request is active. */
    public void inRequest(Runnable work) {
        RequestContextController request = get(RequestContextController.class);
        boolean begun = request.activate();
        try {
            work.run();
        } finally {
            if (begun) {
                request.deactivate();
            }
        }
    }

    /** Units of work that run side by side, as the test says; to be closed by the test. */
    public Strands strands() {
        return new Strands(database);
    }

    @Override
    public void close() throws SQLException {
        container.close();
        factory.close();
        pool.close();
        whatItHasAlone.done();
    }

    /** What is done after a node's end. */
    private interface Afterwards {
        void done() throws SQLException;
    }

    @Override
    public String toString() {
        return database.kind().name();
    }
}
