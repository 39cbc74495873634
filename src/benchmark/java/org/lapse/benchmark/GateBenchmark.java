package org.lapse.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The gate against a servlet that does nothing, on the same server, with the very same requests, turn by turn. */
final class GateBenchmark {
    private static final int SESSIONS = 100_000;
    private static final int ROUNDS = Surroundings.number("benchmark.rounds");
    private static final int SECONDS = Surroundings.number("benchmark.seconds");

    private GateBenchmark() {}

    static void run() throws Exception {
        try (Database database = Database.start();
                Table figures = new Table(
                        "gate", "server", "connections", "what", "perSecond", "p50 ms", "p99 ms", "p99.9 ms", "failed")) {
            Server.start(Server.Kind.PAYARA, database, "1g", Map.of()).kill(); // makes the organization
            for (Server.Kind kind : Server.Kind.values()) {
                database.seed(new Database.Sessions(SESSIONS, Instant.now(), Duration.ZERO));
                try (Server server = Server.start(kind, database, "2g", Map.of("LAPSE_DEMO", "false"))) {
                    Wrk.ask(server.url(), 32, 4 * SECONDS, "ask.lua", "/empty/", SESSIONS);
                    Wrk.ask(server.url(), 32, 4 * SECONDS, "ask.lua", "/gate/nginx", SESSIONS);
                    for (int connections : new int[] {1, 32, 256}) {
                        compare(server, kind, connections, figures);
                    }
                }
            }
        }
    }

    private static void compare(Server server, Server.Kind kind, int connections, Table figures) throws Exception {
        List<Wrk.Counted> empty = new ArrayList<>();
        List<Wrk.Counted> gate = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            empty.add(Wrk.ask(server.url(), connections, SECONDS, "ask.lua", "/empty/", SESSIONS));
            gate.add(Wrk.ask(server.url(), connections, SECONDS, "ask.lua", "/gate/nginx", SESSIONS));
        }
        report(kind, connections, "empty servlet", empty, figures);
        report(kind, connections, "gate", gate, figures);
    }

    private static void report(
            Server.Kind kind, int connections, String what, List<Wrk.Counted> rounds, Table figures) {
        figures.row(
                kind.name().toLowerCase(),
                connections,
                what,
                Math.round(median(rounds, Wrk.Counted::perSecond)),
                median(rounds, Wrk.Counted::p50),
                median(rounds, Wrk.Counted::p99),
                median(rounds, Wrk.Counted::p999),
                rounds.stream().mapToLong(Wrk.Counted::failed).sum());
    }

    static double median(List<Wrk.Counted> rounds, ToDoubleFunction<Wrk.Counted> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
