package org.lapse.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * For how long a connection waits. The data source sets limits that suit a request. For other work they are exchanged,
 * and put back before the connection returns to the pool.
 *
 * <p>PostgreSQL limits the statements of its session and the silence between them, and its driver each wait for the
 * network. H2, in the same process, has the first alone, and JDBC's {@code setQueryTimeout} sets it for the whole
 * connection.
 *
 * @param network the longest wait for the network, in milliseconds; 0 where there is none
 * @param statement the longest statement of an H2 connection, in seconds; 0 where there is none
 */
record WaitLimits(int network, int statement) {
    /** Has the connection wait for so long at the most; returns the limits that it had. */
    static WaitLimits exchange(Connection connection, Duration patience) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (isPostgresql(connection)) {
                WaitLimits before = new WaitLimits(connection.getNetworkTimeout(), 0);
                connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
                statement.execute("set statement_timeout = " + patience.toMillis());
                statement.execute("set idle_in_transaction_session_timeout = " + patience.toMillis());
                return before;
            }
            WaitLimits before = new WaitLimits(0, statement.getQueryTimeout());
            statement.setQueryTimeout(Math.toIntExact(patience.toSeconds()));
            return before;
        }
    }

    /** Puts these limits back. */
    void restore(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (isPostgresql(connection)) {
                statement.execute("reset statement_timeout"); // to what the data source says
                statement.execute("reset idle_in_transaction_session_timeout");
                connection.setNetworkTimeout(Runnable::run, network);
            } else {
                statement.setQueryTimeout(this.statement);
            }
        }
    }

    private static boolean isPostgresql(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }
}
