package org.lapse.middle;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The databases that Lapse runs on. Anybody who asks gets an empty one of their own, with the options of production.
 */
public enum Database {
    /**
     * In memory. A lock is waited for longer than in production: a test that holds one is slower than a transaction.
     */
    H2(
            "org.h2.Driver",
            "select session_id()",
            "select session_id from information_schema.sessions where blocker_id is not null") {
        @Override
        String create(String name) {
            return "jdbc:h2:mem:" + name
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1"
                    + ";LOCK_TIMEOUT=60000";
        }

        @Override
        void drop(String name, String url) throws SQLException {
            execute(url, "shutdown immediately");
        }
    },

    /** One server for all tests of this JVM; the first to ask waits for its start. */
    POSTGRESQL(
            "org.postgresql.Driver",
            "select pg_backend_pid()",
            "select pid from pg_stat_activity where wait_event_type = 'Lock'") {
        @Override
        String create(String name) throws SQLException {
            execute(PostgresServer.url("postgres"), "create database " + name);
            return PostgresServer.url(name);
        }

        @Override
        void drop(String name, String url) throws SQLException {
            execute(PostgresServer.url("postgres"), "drop database " + name + " with (force)");
        }
    };

    /** For both: H2 makes the first user of a database its administrator. */
    static final String USER = "postgres";

    static final String PASSWORD = "postgres";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String driver;
    private final String ownSession;
    private final String waitingSessions;

    Database(String driver, String ownSession, String waitingSessions) {
        this.driver = driver;
        this.ownSession = ownSession;
        this.waitingSessions = waitingSessions;
    }

    abstract String create(String name) throws SQLException;

    abstract void drop(String name, String url) throws SQLException;

    String driver() {
        return driver;
    }

    /** An empty database. */
    Fresh fresh() throws SQLException {
        String name = "lapse_" + COUNT.incrementAndGet();
        return new Fresh(this, name, create(name));
    }

    /** The number by which {@link Fresh#waiting} calls a connection. */
    int session(Connection connection) throws SQLException {
        return numbers(connection, ownSession).iterator().next();
    }

    private static Set<Integer> numbers(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            Set<Integer> numbers = new HashSet<>();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers;
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A database that nobody else uses. */
    record Fresh(Database kind, String name, String url) {
        Connection connect() throws SQLException {
            return DriverManager.getConnection(url, USER, PASSWORD);
        }

        /** Which sessions of this database wait for a lock that another one holds. */
        Set<Integer> waiting(Connection observer) throws SQLException {
            return numbers(observer, kind.waitingSessions);
        }

        void drop() throws SQLException {
            kind.drop(name, url);
        }
    }

    /** Started by the first use of this class, stopped with the JVM. */
    private static final class PostgresServer {
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                // nothing has to survive a crash
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static String url(String name) {
            return SERVER.getJdbcUrl(USER, name);
        }
    }
}
