package org.lapse.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the sources under a folder read the configuration. */
final class ConfigurationKeys {
    private static final Pattern KEY = Pattern.compile("@ConfigProperty\\(\\s*name\\s*=\\s*\"([^\"]+)\"");

    private ConfigurationKeys() {}

    /** Each key that is read in more than one place, with the names of the sources in which it is. */
    static Map<String, List<String>> readTwice(Path folder) {
        Map<String, List<String>> places = new TreeMap<>();
        for (Path source : sources(folder)) {
            KEY.matcher(read(source)).results().forEach(found -> places.computeIfAbsent(
                            found.group(1), key -> new ArrayList<>())
                    .add(source.getFileName().toString()));
        }
        places.values().removeIf(where -> where.size() == 1);
        return places;
    }

    /** The names of the sources that ask for a value by hand, where no search for injected keys finds it. */
    static List<String> readByHand(Path folder) {
        return sources(folder).stream()
                .filter(source -> read(source).contains("org.eclipse.microprofile.config.Config"))
                .map(source -> source.getFileName().toString())
                .toList();
    }

    private static List<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
