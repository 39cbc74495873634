package org.lapse.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories at once. */
final class Directories {
    private Directories() {}

    /** Deletes what a directory holds; makes the directory if it is not there. */
    static void empty(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Path path : contents(directory, Comparator.reverseOrder())) {
            Files.delete(path);
        }
    }

    /** Copies what a directory holds into a new directory. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path path : contents(from, Comparator.naturalOrder())) {
            Files.copy(path, to.resolve(from.relativize(path)), LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static List<Path> contents(Path directory, Comparator<Path> order) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> !path.equals(directory)).sorted(order).toList();
        }
    }
}
