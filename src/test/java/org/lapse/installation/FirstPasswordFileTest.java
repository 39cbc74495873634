package org.lapse.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read the first administrator's password? */
class FirstPasswordFileTest {
    @Test
    void ownerAloneReadsItThoughOthersCouldReadWhatWasThere(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("new").resolve("first.txt");
        Files.createDirectories(directory.resolve("new"));
        Files.writeString(file, "what was there");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        Path written =
                new FirstPasswordFile(Optional.of(file.toString())).write("ada", "secret", "https://lapse.example");

        assertThat(written).content().contains("user name: ada", "password:  secret", "https://lapse.example/admin/");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                .isEqualTo("rw-------");
        try (Stream<Path> all = Files.list(directory.resolve("new"))) {
            assertThat(all).containsExactly(written);
        }
    }

    @Test
    void failureSaysWhatToDo(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("taken").resolve("inner"));
        FirstPasswordFile file =
                new FirstPasswordFile(Optional.of(directory.resolve("taken").toString()));

        assertThatIllegalStateException()
                .isThrownBy(() -> file.write("ada", "secret", "https://lapse.example"))
                .withMessageContaining("lapse.first.password-file")
                .withMessageNotContaining("secret");
    }
}
