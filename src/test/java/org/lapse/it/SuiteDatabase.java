package org.lapse.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL of the running execution, if it is about PostgreSQL. With H2 each server has a file of its own. */
final class SuiteDatabase {
    private static final @Nullable Integer PORT = Integer.getInteger("lapse.it.port.postgresql");

    private SuiteDatabase() {}

    /** Starts PostgreSQL if the execution asks for it. */
    static @Nullable EmbeddedPostgres start() throws IOException {
        // nothing has to survive a crash of PostgreSQL itself
        return PORT == null
                ? null
                : EmbeddedPostgres.builder()
                        .setPort(PORT)
                        .setServerConfig("fsync", "off")
                        .start();
    }

    /** Whether the execution is about PostgreSQL. */
    static boolean isPostgres() {
        return PORT != null;
    }

    /** Makes an empty database, and says by which environment variables a server gets to it. */
    static Map<String, String> create(String name) {
        if (PORT == null) {
            return Map.of();
        }
        String server = "jdbc:postgresql://localhost:" + PORT + "/";
        try (Connection connection = DriverManager.getConnection(server + "postgres", "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + statement.enquoteIdentifier(name, true));
        } catch (SQLException e) {
            throw new IllegalStateException("no database " + name, e);
        }
        return Map.of("LAPSE_DB_URL", server + name);
    }
}
