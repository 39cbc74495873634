package org.lapse.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs wrk, which asks one address as often as it is answered. */
final class Wrk {
    private Wrk() {}

    /**
     * What was counted.
     *
     * @param perSecond answers
     * @param p50 milliseconds until half of the answers came
     * @param failed answers that were not 2xx, and calls without an answer
     */
    record Counted(double perSecond, double p50, double p99, double p999, double max, long failed) {}

    /**
     * Asks for so many seconds over so many connections, with a script of {@code src/benchmark/lua} and its arguments.
     */
    static Counted ask(URI server, int connections, int seconds, String script, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Surroundings.path("benchmark.wrk").toString(),
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--timeout",
                "20s",
                "-s",
                Surroundings.path("benchmark.source").resolve("lua/" + script).toString(),
                server.toString(),
                "--"));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        String line = printed.lines()
                .filter(one -> one.startsWith("RESULT "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk counted nothing: " + printed));
        Map<String, Double> counted = Arrays.stream(line.substring("RESULT ".length()).split(" "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Double.valueOf(pair[1])));
        return new Counted(
                counted.get("perSecond"),
                counted.get("p50") / 1000,
                counted.get("p99") / 1000,
                counted.get("p999") / 1000,
                counted.get("max") / 1000,
                counted.get("failed").longValue());
    }
}
