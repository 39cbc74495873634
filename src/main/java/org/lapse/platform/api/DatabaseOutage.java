package org.lapse.platform.api;

import jakarta.resource.ResourceException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;

/**
 * Tells a database that is out of reach from a fault of our own. The server says it in three ways: its pool of
 * connections has none to give, a connection breaks while it is used, or the transaction manager cannot commit.
 */
public final class DatabaseOutage {
    /** After so many seconds a caller who was refused may try again. */
    public static final long RETRY_AFTER_SECONDS = 2;

    private static final Set<String> CLASSES = Set.of("08", "53", "57P");
    private static final Set<String> STATES = Set.of("57014", "HYT00", "HY000", "90028", "90031", "90098", "90121");

    private DatabaseOutage() {}

    /** Whether the database being out of reach is behind it. WildFly hands on what hindered a commit as suppressed. */
    public static boolean isBehind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (saysSo(cause) || Arrays.stream(cause.getSuppressed()).anyMatch(DatabaseOutage::isBehind)) {
                return true;
            }
        }
        return false;
    }

    private static boolean saysSo(Throwable cause) {
        return cause instanceof ResourceException
                || cause instanceof SystemException
                || (cause instanceof SQLException sql && isOutage(String.valueOf(sql.getSQLState())));
    }

    /**
     * By the SQLSTATE: ISO 9075's class 08 and PostgreSQL's 57P for a server that stops; both databases' 57014 and H2's
     * HYT00 for a statement or a lock that took too long; PostgreSQL's class 53, and H2's HY000 and file errors, for a
     * full disk; H2's two for a closed database.
     */
    private static boolean isOutage(String state) {
        return CLASSES.stream().anyMatch(state::startsWith) || STATES.contains(state);
    }
}
