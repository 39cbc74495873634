package org.lapse.api;

import jakarta.resource.ResourceException;
import java.sql.SQLException;

/**
 * Tells a database that is out of reach from a fault of our own. The server says it in two ways: its pool of connections
 * has none to give, or a connection breaks while it is used.
 */
public final class DatabaseOutage {
    private DatabaseOutage() {}

    /** Whether the database being out of reach is behind it. */
    public static boolean isBehind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResourceException
                    || (cause instanceof SQLException sql && isOutage(String.valueOf(sql.getSQLState())))) {
                return true;
            }
        }
        return false;
    }

    /** By the SQLSTATE: ISO 9075's class 08, PostgreSQL's 57P for a server that stops, and H2's two for a closed database. */
    private static boolean isOutage(String state) {
        return state.startsWith("08") || state.startsWith("57P") || state.equals("90121") || state.equals("90098");
    }
}
