package org.lapse.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.lapse.sessions.session.LedgerGrowth;

/** What becomes of heap, sweep, start and lateness as the sessions grow in number. */
final class GrowthBenchmark {
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final int BURST = 100_000;

    /** Long enough for the server to start with all its sessions. */
    private static final Duration UNTIL_BURST = Duration.ofMinutes(4);

    /** Long enough for the one before to be over. */
    private static final Duration UNTIL_SECOND_BURST = Duration.ofMinutes(1);

    private GrowthBenchmark() {}

    static void run() throws Exception {
        inMemory();
        onAServer();
    }

    /** Without a server, so that ten million need no more than the heap of one process. */
    private static void inMemory() throws Exception {
        try (Table figures = new Table(
                "growth", "sessions", "bytes each", "idle sweep ms", "sweep of all ms", "shorter timeout ms")) {
            for (int sessions : new int[] {10_000, 100_000, 1_000_000, 10_000_000}) {
                long before = used();
                LedgerGrowth ledger = new LedgerGrowth();
                Instant now = Instant.now();
                ledger.open(sessions, now);
                long bytes = (used() - before) / sessions;
                long begun = System.nanoTime();
                ledger.sweep(now.plusSeconds(1));
                double idle = millisSince(begun);
                begun = System.nanoTime();
                ledger.change(Duration.ofMinutes(30), now.plusSeconds(2));
                double change = millisSince(begun);
                begun = System.nanoTime();
                int due = ledger.sweep(now.plus(TIMEOUT));
                double all = millisSince(begun);
                if (due != sessions) {
                    throw new IllegalStateException(due + " of " + sessions + " sessions were due");
                }
                figures.row(sessions, bytes, idle, all, change);
            }
        }
    }

    private static double millisSince(long begun) {
        return (System.nanoTime() - begun) / 1e6;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void onAServer() throws Exception {
        try (Database database = Database.start();
                Table starts = new Table("start", "server", "sessions", "ready after s", "read back in s");
                Table ends = new Table(
                        "ends", "server", "sessions", "what", "count", "late p50 ms", "late p99 ms", "late max ms", "all ended after s", "gate perSecond", "gate p50 ms", "gate p99 ms", "gate p99.9 ms", "failed")) {
            try (Server server = Server.start(Server.Kind.PAYARA, database, "1g", Map.of())) {
                server.setTimeout(TIMEOUT);
            }
            for (int sessions : new int[] {0, 10_000, 100_000}) {
                database.seed(new Database.Sessions(sessions, Instant.now(), Duration.ZERO));
                try (Server server = Server.start(Server.Kind.PAYARA, database, "3g", Map.of())) {
                    starts.row("payara", sessions, server.startTime().toMillis() / 1e3, server.readBackSeconds());
                }
            }
            manyEnds(database, starts, ends);
        }
    }

    /**
     * A million sessions, of which some end one by one and then very many in the same second, while the gate is asked;
     * and as many again, when the server's code for it has been compiled.
     */
    private static void manyEnds(Database database, Table starts, Table ends) throws Exception {
        int lasting = Surroundings.number("benchmark.sessions");
        Instant seeded = Instant.now().truncatedTo(ChronoUnit.MILLIS); // as the ledger counts
        Instant burst = seeded.plus(UNTIL_BURST);
        Instant again = burst.plus(UNTIL_SECOND_BURST);
        Instant trickle = burst.minusSeconds(50);
        database.seed(
                new Database.Sessions(lasting, seeded, Duration.ZERO),
                new Database.Sessions(BURST, burst.minus(TIMEOUT), Duration.ofSeconds(1)),
                new Database.Sessions(BURST, again.minus(TIMEOUT), Duration.ofSeconds(1)),
                new Database.Sessions(4_000, trickle.minus(TIMEOUT), Duration.ofSeconds(40)));
        try (Server server = Server.start(Server.Kind.PAYARA, database, "4g", Map.of())) {
            starts.row("payara", lasting + 2 * BURST, server.startTime().toMillis() / 1e3, server.readBackSeconds());
            Wrk.ask(server.url(), 8, 20, "trickle.lua", "/gate/nginx", lasting, 4);
            until(trickle);
            CompletableFuture<Wrk.Counted> calm = asking(server, lasting, 40);
            until(trickle.plusSeconds(45));
            report(database, ends, lasting, "one by one", trickle, 40, 4_000, calm.join());
            burst(database, ends, server, "in one second", burst);
            burst(database, ends, server, "in one second again", again);
        }
    }

    private static void burst(Database database, Table ends, Server server, String what, Instant moment) throws Exception {
        int lasting = Surroundings.number("benchmark.sessions");
        until(moment.minusSeconds(2));
        CompletableFuture<Wrk.Counted> load = asking(server, lasting, 20);
        until(moment.plusSeconds(25));
        report(database, ends, lasting, what, moment, 1, BURST, load.join());
    }

    private static CompletableFuture<Wrk.Counted> asking(Server server, int sessions, int seconds) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Wrk.ask(server.url(), 8, seconds, "trickle.lua", "/gate/nginx", sessions, 4);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void report(
            Database database, Table ends, int sessions, String what, Instant from, int seconds, int count, Wrk.Counted gate)
            throws Exception {
        String deadline = "(last_activity_at + interval '" + TIMEOUT.toSeconds() + " seconds')";
        String ended = " from session where end_reason = 'INACTIVITY' and " + deadline + " between '" + from + "' and '"
                + from.plusSeconds(seconds) + "'";
        String late = "extract(epoch from ended_at - " + deadline + ") * 1000";
        int found = (int) database.number("select count(*)" + ended);
        if (found != count) {
            throw new IllegalStateException(found + " of " + count + " sessions have ended");
        }
        ends.row(
                "payara",
                sessions,
                what,
                count,
                database.number("select percentile_cont(0.5) within group (order by " + late + ")" + ended),
                database.number("select percentile_cont(0.99) within group (order by " + late + ")" + ended),
                database.number("select max(" + late + ")" + ended),
                database.number("select extract(epoch from max(ended_at) - '" + from + "'::timestamptz)" + ended),
                gate.perSecond(),
                gate.p50(),
                gate.p99(),
                gate.p999(),
                gate.failed());
    }

    private static void until(Instant moment) throws InterruptedException {
        long millis = Duration.between(Instant.now(), moment).toMillis();
        if (millis < -1000) {
            throw new IllegalStateException("The machine is too slow for this by " + -millis + " ms");
        }
        TimeUnit.MILLISECONDS.sleep(Math.max(0, millis));
    }
}
