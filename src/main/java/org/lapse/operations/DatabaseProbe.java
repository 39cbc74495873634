package org.lapse.operations;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The question whether the database does its work, asked by having it do some: it writes a row of its own and takes it away, and the
 * commit has to reach the disk. Each question has a row of its own, so that nodes that ask at once do not wait for each other.
 */
@Singleton
class DatabaseProbe {
    @Resource(name = "jdbc/lapse")
    private DataSource database;

    @Inject
    DatabaseProbe() {}

    /** Writes, and returns when it is committed. */
    @Transactional(rollbackOn = SQLException.class)
    void write() throws SQLException {
        UUID id = UUID.randomUUID();
        try (Connection connection = database.getConnection()) {
            execute(connection, "insert into health_probe (id) values (?)", id);
            execute(connection, "delete from health_probe where id = ?", id);
        }
    }

    private static void execute(Connection connection, String sql, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }
}
