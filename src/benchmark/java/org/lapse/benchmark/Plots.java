package org.lapse.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws what the tables hold: for each benchmark one plot, or several, beside its figures. */
final class Plots {
    private Plots() {}

    static void draw(String benchmark) throws IOException {
        switch (benchmark) {
            case "ledger" ->
                bars("ledger", "Nanoseconds for a use of a token, median", new String[] {"sessions"}, "what", "median ns");
            case "timers" -> {
                bars("timers", "Milliseconds that the end is late, p99", new String[] {"entries"}, "what", "late p99 ms");
            }
            case "gate" -> {
                bars("gate", "Answers per second", new String[] {"server", "connections"}, "what", "perSecond");
                bars("gate", "Milliseconds, p99", new String[] {"server", "connections"}, "what", "p99 ms");
            }
            case "growth" -> {
                bars("growth", "Bytes of heap for each session", new String[] {"sessions"}, null, "bytes each");
                bars("ends", "Milliseconds that the end is late, p99", new String[] {"what"}, null, "late p99 ms");
                bars("start", "Seconds to read the sessions back", new String[] {"sessions"}, null, "read back in s");
            }
            case "writing" ->
                bars("writing", "Rows written per second, by uses per second", new String[] {"uses perSecond"}, null, "rows perSecond");
            case "console" ->
                bars("console", "Seconds for a call of the console, median", new String[] {"what"}, "server", "median s");
            case "peers" -> {
                bars("peers", "Answers per second", new String[] {"what"}, "who", "perSecond");
                bars("idle", "Seconds that the end is late", new String[] {"who"}, null, "late s");
            }
            case "guessing" ->
                bars("guessing", "Times as long as while nobody guesses, median", new String[] {"what", "guessers"}, "server", "times quiet");
            case "oauth" ->
                bars("oauth", "Answers per second", new String[] {"on", "what"}, "who", "perSecond");
            case "races" -> {} // there is nothing to be seen where all figures are zero
            default -> throw new IllegalArgumentException("There is no benchmark " + benchmark);
        }
    }

    private static void bars(String table, String title, String[] groupBy, String seriesBy, String value)
            throws IOException {
        Path folder = Surroundings.path("benchmark.figures");
        List<String> lines = Files.readAllLines(folder.resolve(table + ".csv"));
        List<String> columns = List.of(lines.get(1).split(","));
        Map<String, Map<String, Double>> groups = new LinkedHashMap<>();
        for (String line : lines.subList(2, lines.size())) {
            String[] cells = line.split(",");
            List<String> names = new ArrayList<>();
            for (String column : groupBy) {
                names.add(cells[columns.indexOf(column)]);
            }
            String series = seriesBy == null ? "" : cells[columns.indexOf(seriesBy)];
            groups.computeIfAbsent(String.join(" ", names), name -> new LinkedHashMap<>())
                    .put(series, Double.valueOf(cells[columns.indexOf(value)]));
        }
        String unit = Arrays.stream(value.split(" "))
                .reduce((first, second) -> second)
                .orElse("")
                .replace("perSecond", "a second");
        Files.writeString(
                folder.resolve(table + "-" + value.replaceAll("[^A-Za-z0-9]+", "-").toLowerCase() + ".svg"),
                new BarChart(title, lines.get(0).substring(2), unit, groups).svg());
    }
}
