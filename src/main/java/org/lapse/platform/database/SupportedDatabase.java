package org.lapse.platform.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Refuses a database that lacks what our statements need, before the first of them fails in the middle of the work. */
final class SupportedDatabase {
    private static final String POSTGRESQL = "PostgreSQL";

    /** The first one that has {@code merge}. */
    private static final int OLDEST_POSTGRESQL = 15;

    private SupportedDatabase() {}

    /**
     * Looks at the version.
     *
     * @throws IllegalStateException if it is too old, or does not say which it is
     */
    static void check(DataSource database) {
        try (Connection connection = database.getConnection()) {
            DatabaseMetaData about = connection.getMetaData();
            if (POSTGRESQL.equals(about.getDatabaseProductName())
                    && about.getDatabaseMajorVersion() < OLDEST_POSTGRESQL) {
                throw new IllegalStateException("Lapse needs PostgreSQL " + OLDEST_POSTGRESQL
                        + " or later, and this one is " + about.getDatabaseProductVersion());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not say which version it is", e);
        }
    }
}
