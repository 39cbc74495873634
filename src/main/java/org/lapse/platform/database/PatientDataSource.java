package org.lapse.platform.database;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The same connections with more patience: each gets other {@link WaitLimits} when it is taken, and its own ones back
 * before it is closed and returns to the pool.
 */
final class PatientDataSource implements DataSource {
    private final DataSource source;
    private final Duration patience;

    PatientDataSource(DataSource source, Duration patience) {
        this.source = source;
        this.patience = patience;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return patient(source.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return patient(source.getConnection(username, password));
    }

    private Connection patient(Connection connection) throws SQLException {
        WaitLimits own = WaitLimits.exchange(connection, patience);
        return (Connection) Proxy.newProxyInstance(
                PatientDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, values) -> {
                    if (method.getName().equals("close") && !connection.isClosed()) {
                        own.restore(connection);
                    }
                    try {
                        return method.invoke(connection, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }
}
