package org.lapse.it;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A Lapse that is newer than the one that was built: it has one migration more, of the kind that the old one survives.
 */
final class NextVersion {
    private static final String MIGRATION = """
            alter table session add column next_version varchar(20);
            create index session_by_next_version on session (next_version);
            create table next_version (id uuid primary key);
            """;

    private NextVersion() {}

    /** Its WAR, in that directory. */
    static Path war(Path directory) throws IOException {
        Path war = directory.resolve("next-version.war");
        Files.copy(ServerKind.war(), war, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem contents = FileSystems.newFileSystem(war)) {
            Files.writeString(contents.getPath("WEB-INF/classes/db/migration/V9000__next_version.sql"), MIGRATION);
        }
        return war;
    }
}
