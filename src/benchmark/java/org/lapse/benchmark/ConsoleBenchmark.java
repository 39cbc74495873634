package org.lapse.benchmark;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * How long the console's screens wait for the server while an organization of 20,000 people has 100,000 live sessions.
 */
final class ConsoleBenchmark {
    private static final int SESSIONS = 100_000;
    private static final int PEOPLE = 20_000;
    private static final int ROUNDS = 9;
    private static final String SHORTER = "{\"enableIdleTokenTimeout\":true,\"idleTokenTimeoutSeconds\":600}";

    private ConsoleBenchmark() {}

    static void run() throws Exception {
        try (Database database = Database.start();
                Table figures = new Table("console", "server", "what", "call", "first s", "median s", "slowest s")) {
            try (Server server = Server.start(Server.Kind.PAYARA, database, "1g", Map.of())) {
                server.setTimeout(Duration.ofHours(1));
            }
            database.execute(
                    """
                    insert into user_account (id, organization_id, username, name, enabled, created_at, version)
                    select gen_random_uuid(), a.organization_id, 'person' || i || '@demo.example', 'Person ' || i, true, now(), 1
                    from generate_series(1, %d) i, user_account a where a.username = 'alice@demo.example'
                    """
                            .formatted(PEOPLE));
            for (Server.Kind kind : Server.Kind.values()) {
                database.seed(new Database.Sessions(
                        SESSIONS, "demo-desk", "person%", Instant.now(), Duration.ofMinutes(1)));
                try (Server server = Server.start(kind, database, "2g", Map.of())) {
                    measure(server, kind, figures);
                }
            }
        }
    }

    private static void measure(Server server, Server.Kind kind, Table figures) throws Exception {
        String token = "Bearer " + server.token();
        measure(server, kind, figures, "first page", "/api/v2/sessions", token);
        measure(server, kind, figures, "page 2000", "/api/v2/sessions?pageNumber=2000&pageSize=50", token);
        measure(server, kind, figures, "by user", "/api/v2/sessions?sortBy=user&sortOrder=desc", token);
        measure(server, kind, figures, "by name and state", "/api/v2/sessions?contains=person77&state=active", token);
        measure(server, kind, figures, "a page of 500", "/api/v2/sessions?pageSize=500&pageNumber=100", token);
        measure(server, kind, figures, "counts", "/api/v2/sessions/counts", token);
        URI preview = server.url().resolve("/api/v2/tokens/timeout/preview");
        measure(kind, figures, "preview", preview, () -> Http.send("POST", preview, token, "application/json", SHORTER));
    }

    private static void measure(
            Server server, Server.Kind kind, Table figures, String what, String path, String token) throws Exception {
        URI address = server.url().resolve(path);
        measure(kind, figures, what, address, () -> read(address, token));
    }

    private static void measure(Server.Kind kind, Table figures, String what, URI address, Callable<Object> call)
            throws Exception {
        String path = address.toString().substring(address.toString().indexOf("/api"));
        double[] seconds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Instant begun = Instant.now();
            call.call();
            seconds[round] = Duration.between(begun, Instant.now()).toNanos() / 1e9;
        }
        double first = seconds[0];
        Arrays.sort(seconds);
        figures.row(kind.name().toLowerCase(), what, path, first, seconds[ROUNDS / 2], seconds[ROUNDS - 1]);
    }

    private static String read(URI address, String token) throws Exception {
        HttpResponse<String> answer = Http.get(address, token);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(address + " answers " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
