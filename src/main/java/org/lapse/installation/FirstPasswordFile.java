package org.lapse.installation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The file in which the first administrator's password is told. It is made for its owner alone and appears whole, or
 * not at all.
 */
@Singleton
class FirstPasswordFile {
    private static final String NAME = "first-administrator.txt";

    private final Path file;

    @Inject
    FirstPasswordFile(@ConfigProperty(name = "lapse.first.password-file") Optional<String> file) {
        this.file = Path.of(file.orElseGet(FirstPasswordFile::besideTheDatabase))
                .toAbsolutePath()
                .normalize();
    }

    /** Where the server's script has the database by default: WildFly's data directory, or {@code ./data}. */
    private static String besideTheDatabase() {
        return Path.of(System.getProperty("jboss.server.data.dir", "data"), NAME)
                .toString();
    }

    /**
     * Writes it, in the place of what an earlier first start may have left.
     *
     * @return where it is
     * @throws IllegalStateException if it cannot be written
     */
    Path write(String username, String password, String issuer) {
        String text = String.join(
                System.lineSeparator(),
                "The first administrator of Lapse at " + issuer + "/admin/",
                "",
                "user name: " + username,
                "password:  " + password,
                "",
                "This password opens nothing but the page that asks for another one: sign in and change it. Then delete"
                        + " this file.",
                "");
        try {
            Path directory = Files.createDirectories(
                    Optional.ofNullable(file.getParent()).orElse(file.getRoot()));
            Path draft = Files.createTempFile(directory, ".", ".tmp"); // which its owner alone can read from the start
            try {
                Files.writeString(draft, text);
                return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The first administrator's password cannot be written to " + file
                            + ", so nothing was made. Name another file by lapse.first.password-file"
                            + " (LAPSE_FIRST_PASSWORD_FILE), and start again.",
                    e);
        }
    }
}
