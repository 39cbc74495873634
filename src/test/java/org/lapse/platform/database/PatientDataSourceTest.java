package org.lapse.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What a data source limits for requests, a migration need not keep to, and the next request has to again. */
class PatientDataSourceTest {
    private static EmbeddedPostgres postgres;

    private final PGSimpleDataSource limited = new PGSimpleDataSource();

    PatientDataSourceTest() {
        limited.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
        limited.setSocketTimeout(5);
        limited.setOptions("-cstatement_timeout=200 -cidle_in_transaction_session_timeout=100");
    }

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void aStatementMayTakeLongerThanTheDataSourceAllows() throws SQLException {
        try (Connection connection = new PatientDataSource(limited, Duration.ofMinutes(1)).getConnection()) {
            assertThat(first(connection, "show statement_timeout")).isEqualTo("1min");
            assertThat(connection.getNetworkTimeout()).isEqualTo(60_000);
            assertThat(first(connection, "show idle_in_transaction_session_timeout"))
                    .isEqualTo("1min");
            assertThat(first(connection, "select 'done' from pg_sleep(0.3)")).isEqualTo("done");
        }
    }

    @Test
    void whoeverGetsTheConnectionNextHasTheLimitsOfTheDataSource() throws SQLException {
        PGConnectionPoolDataSource pool = new PGConnectionPoolDataSource();
        pool.setUrl(limited.getUrl());
        pool.setUser("postgres");
        PooledConnection physical = pool.getPooledConnection();
        DataSource one = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return physical.getConnection();
            }
        };
        new PatientDataSource(one, Duration.ofMinutes(1)).getConnection().close();

        try (Connection pooled = one.getConnection()) {
            assertThat(pooled.getNetworkTimeout()).isEqualTo(5_000);
            assertThat(first(pooled, "show statement_timeout")).isEqualTo("200ms");
            assertThat(first(pooled, "show idle_in_transaction_session_timeout"))
                    .isEqualTo("100ms");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> first(pooled, "select 'done' from pg_sleep(10)"))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        }
    }

    private static String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
