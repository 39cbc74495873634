package org.lapse.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pages of packages, {@code package-info.java}. They are looked for in the sources, because the compiler leaves
 * nothing of one that has no annotation.
 */
final class Pages {

    private Pages() {}

    /** The folders under this one that have classes and no page with a comment. */
    static List<Path> missingUnder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(one -> !isThere(one.resolve("package-info.java")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isThere(Path page) {
        try {
            return Files.exists(page) && Files.readString(page).contains("/**");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
