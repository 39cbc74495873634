package org.lapse.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where things are, as the build says it, and what machine this is. */
final class Surroundings {
    private Surroundings() {}

    static Path path(String property) {
        return Path.of(said(property));
    }

    static int number(String property) {
        return Integer.parseInt(said(property));
    }

    static String text(String property) {
        return said(property);
    }

    private static String said(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("The profile \"benchmark\" of the build says " + property);
        }
        return value;
    }

    /** The machine and its Java in one line, because figures mean nothing without. */
    static String machine() throws IOException {
        return Runtime.getRuntime().availableProcessors() + " cores of " + ofFile("/proc/cpuinfo", "model name") + ", "
                + Long.parseLong(ofFile("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024 / 1024 + " GiB, "
                + System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
    }

    private static String ofFile(String file, String key) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
