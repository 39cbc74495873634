package org.lapse.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An installation that exists survives every later migration, with what is in it. */
class MigrationsTest {
    private static final UUID ORGANIZATION = new UUID(0, 1);
    private static final UUID ROLE = new UUID(0, 2);

    private EmbeddedPostgres postgres;
    private DataSource database;

    @BeforeEach
    void firstVersion() throws SQLException, IOException {
        postgres = EmbeddedPostgres.start();
        database = postgres.getPostgresDatabase();
        flyway("1").migrate();
        run("insert into organization values ('" + ORGANIZATION + "', 'One', 'one', current_timestamp)");
        run("insert into organization_settings values ('" + ORGANIZATION + "', true, 900, 'MINUTES', false, 3)");
        run("insert into role values ('" + ROLE + "', '" + ORGANIZATION + "', 'Administrator')");
        run("insert into role_permission values ('" + ROLE + "', 'directory:organization:admin')");
        for (String id : List.of("first", "second")) {
            run("insert into application (id, organization_id, name, state, authorized_grant_type,"
                    + " token_validity_seconds, created_at, modified_at, version) values ('" + id + "', '"
                    + ORGANIZATION + "', '" + id
                    + "', 'ACTIVE', 'CODE', 86400, current_timestamp, current_timestamp, 0)");
        }
    }

    @AfterEach
    void close() throws IOException {
        postgres.close();
    }

    @Test
    void whatIsThereStaysAndGetsWhatIsNew() throws SQLException {
        flyway("latest").migrate();

        assertThat(column("select permission from role_permission"))
                .contains("directory:organization:admin", "directory:user:add", "authorization:grant:add")
                .doesNotHaveDuplicates();
        assertThat(column("select dbid from application order by dbid")).containsExactly("101", "102");
        assertThat(column("select timeout_seconds from organization_settings")).containsExactly("900");
        assertThat(column("select groups_enabled from organization_settings")).containsExactly("f");
    }

    private Flyway flyway(String target) {
        return Flyway.configure().dataSource(database).target(target).load();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
