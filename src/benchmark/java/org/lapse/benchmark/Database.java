package org.lapse.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** A PostgreSQL of the benchmark's own, with what is usual set for it. */
final class Database implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    private Database(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** An empty one. */
    static Database start() throws IOException {
        return new Database(EmbeddedPostgres.builder()
                .setServerConfig("shared_buffers", "1GB")
                .setServerConfig("max_wal_size", "4GB")
                .start());
    }

    /** An empty one that waits for the disk with each commit, as one does that people rely on. */
    static Database startDurable() throws IOException {
        return new Database(EmbeddedPostgres.builder()
                .setServerConfig("shared_buffers", "1GB")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start());
    }

    /** How a server gets to it. */
    Map<String, String> variables() {
        return Map.of(
                "LAPSE_DB_DRIVER", "org.postgresql.Driver",
                "LAPSE_DB_URL", url(),
                "LAPSE_DB_USER", "postgres",
                "LAPSE_DB_PASSWORD", "postgres");
    }

    /** Takes all sessions away and puts others there, as if the server had just been stopped in order. */
    void seed(Sessions... groups) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate session cascade");
            statement.execute("drop index if exists seeded");
            int first = 1;
            for (Sessions group : groups) {
                seed(connection, group, first);
                first += group.count;
            }
            statement.execute("delete from node");
            statement.execute("analyze session");
            statement.execute("checkpoint");
        }
    }

    private static void seed(Connection connection, Sessions group, int first) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                """
                with people as (
                  select id, organization_id, row_number() over () - 1 number from user_account where username like ?)
                insert into session (id, organization_id, application_id, user_id, scope, token_digest, state,
                  opened_at, last_activity_at, token_expires_at, expires_at, refused_unlocks)
                select gen_random_uuid(), u.organization_id, ?, u.id, 'openid profile',
                  sha256(convert_to(repeat('eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.', 18) || lpad(i::text, 8, '0'), 'UTF8')),
                  'ACTIVE', ?, date_trunc('milliseconds', ?::timestamptz + random() * ?::interval), ?, ?, 0
                from generate_series(?::int, ?::int) i join people u on u.number = i % (select count(*) from people)
                """)) {
            insert.setString(1, group.people);
            insert.setString(2, group.application);
            insert.setObject(3, group.lastActivity.atOffset(ZoneOffset.UTC));
            insert.setObject(4, group.lastActivity.atOffset(ZoneOffset.UTC));
            insert.setString(5, group.spread.toMillis() + " milliseconds");
            insert.setObject(6, group.lastActivity.plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC));
            insert.setObject(7, group.lastActivity.plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC));
            insert.setInt(8, first);
            insert.setInt(9, first + group.count - 1);
            insert.executeUpdate();
        }
    }

    /**
     * Sessions that are alike.
     *
     * @param people whose sessions they are, in turn: a pattern of SQL's LIKE for their names
     * @param spread over how long their last activity is spread
     */
    record Sessions(int count, String application, String people, Instant lastActivity, Duration spread) {
        /** Sessions of one person in the demonstration's application. */
        Sessions(int count, Instant lastActivity, Duration spread) {
            this(count, "demo-desk", "alice@demo.example", lastActivity, spread);
        }
    }

    /** The one number that a query gives. */
    double number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getDouble(1);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", "postgres");
    }

    private String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
