package org.lapse.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The file of an embedded H2, which holds the signing keys and the hashes of passwords: its owner alone may read it. H2
 * makes it as the process makes any file, so this is seen to at each start, before anything secret is written.
 */
final class DatabaseFile {
    private static final Logger LOG = Logger.getLogger(DatabaseFile.class.getName());
    private static final List<String> ENDINGS = List.of(".mv.db", ".trace.db");

    private DatabaseFile() {}

    /** Takes the file from all but its owner; does nothing where the database is none, or not on this machine. */
    static void keepFromOthers(DataSource database) {
        try (Connection connection = database.getConnection()) {
            if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
                try (Statement statement = connection.createStatement();
                        ResultSet found = statement.executeQuery("select database_path()")) {
                    if (found.next() && found.getString(1) != null) {
                        keepFromOthers(found.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            LOG.log(Level.FINE, "Where the database is cannot be asked", e); // the migrations say what is wrong
        }
    }

    private static void keepFromOthers(String path) {
        for (String ending : ENDINGS) {
            Path file = Path.of(path + ending);
            try {
                if (Files.exists(file) && Files.getFileStore(file).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            } catch (IOException | UnsupportedOperationException e) {
                LOG.log(
                        Level.WARNING,
                        "Others may be able to read {0}, which holds the signing keys: its permissions cannot be changed"
                                + " ({1})",
                        new Object[] {file, e});
            }
        }
    }
}
