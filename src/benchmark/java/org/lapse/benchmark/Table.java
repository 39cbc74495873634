package org.lapse.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures in rows, which become a file of comma-separated values in {@code docs/performance}. */
final class Table implements AutoCloseable {
    private final Path file;
    private final List<String> lines = new ArrayList<>();

    Table(String name, String... columns) throws IOException {
        this.file = Files.createDirectories(Surroundings.path("benchmark.figures")).resolve(name + ".csv");
        lines.add("# " + Surroundings.machine());
        lines.add(String.join(",", columns));
    }

    void row(Object... values) {
        List<String> cells = new ArrayList<>();
        for (Object value : values) {
            cells.add(value instanceof Double number ? rounded(number) : String.valueOf(value));
        }
        String line = String.join(",", cells);
        System.out.println(line);
        lines.add(line);
    }

    /** With three digits that mean something. */
    private static String rounded(double number) {
        double size = Math.abs(number);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", number);
    }

    @Override
    public void close() throws IOException {
        Files.write(file, lines);
    }
}
