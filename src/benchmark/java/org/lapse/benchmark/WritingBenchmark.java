package org.lapse.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** How many rows the database writes for so and so many uses a second, while a million sessions are in use. */
final class WritingBenchmark {
    private static final int SESSIONS = Surroundings.number("benchmark.sessions");
    private static final int SECONDS = 40;

    private WritingBenchmark() {}

    static void run() throws Exception {
        try (Database database = Database.start();
                Table figures = new Table("writing", "server", "sessions", "uses perSecond", "rows perSecond", "commits perSecond")) {
            Server.start(Server.Kind.PAYARA, database, "1g", Map.of()).kill();
            database.seed(new Database.Sessions(SESSIONS, Instant.now(), Duration.ZERO));
            try (Server server = Server.start(Server.Kind.PAYARA, database, "4g", Map.of())) {
                for (int pause : new int[] {100, 10, 2, 0}) {
                    measure(database, server, pause, figures);
                }
            }
        }
    }

    /** Ten callers, who wait so many milliseconds between two calls. */
    private static void measure(Database database, Server server, int pause, Table figures) throws Exception {
        ask(server, pause, 15);
        double uses = server.metric("lapse_activity_total{outcome=\"recorded\"}");
        double rows = rows(database);
        double commits = commits(database);
        Instant begun = Instant.now();
        ask(server, pause, SECONDS);
        double seconds = Duration.between(begun, Instant.now()).toMillis() / 1e3;
        figures.row(
                "payara",
                SESSIONS,
                (server.metric("lapse_activity_total{outcome=\"recorded\"}") - uses) / seconds,
                (rows(database) - rows) / seconds,
                (commits(database) - commits) / seconds);
    }

    private static void ask(Server server, int pause, int seconds) throws Exception {
        if (pause == 0) {
            Wrk.ask(server.url(), 10, seconds, "ask.lua", "/gate/nginx", SESSIONS);
        } else {
            Wrk.ask(server.url(), 10, seconds, "trickle.lua", "/gate/nginx", SESSIONS, pause);
        }
    }

    private static double rows(Database database) throws Exception {
        return database.number("select n_tup_upd from pg_stat_user_tables where relname = 'session'");
    }

    private static double commits(Database database) throws Exception {
        return database.number("select xact_commit from pg_stat_database where datname = current_database()");
    }
}
