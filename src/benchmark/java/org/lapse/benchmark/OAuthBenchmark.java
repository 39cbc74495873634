package org.lapse.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/**
 * What is given at the token endpoint, and signing in by password: Lapse, Keycloak and, where {@code -Dbaseline.war=}
 * names one, a former Lapse. All of them run at the same time and are asked turn by turn, so that what the machine
 * gives meanwhile is the same for all.
 */
final class OAuthBenchmark {
    private static final Logger LOG = Logger.getLogger(OAuthBenchmark.class.getName());

    private static final int ROUNDS = Surroundings.number("benchmark.rounds");
    private static final int SECONDS = Surroundings.number("benchmark.seconds");
    private static final int WARM_UP = Surroundings.number("benchmark.warm-up");
    private static final int CONNECTIONS = 8;

    /** Codes that are prepared at once: all of them are redeemed long before their minute is over. */
    private static final int CODES = 400;

    private static final String HEAP = "2g";

    private OAuthBenchmark() {}

    static void run() throws Exception {
        try (Table figures =
                        new Table("oauth", "on", "what", "who", "perSecond", "p50 ms", "p99 ms", "Lapse is times", "failed");
                Keycloak keycloak = Keycloak.start()) {
            Provider peer = Provider.of(keycloak);
            warmUp(peer);
            for (String place : Surroundings.text("benchmark.oauth").split(",", -1)) {
                compare(place, peer, figures);
            }
        }
    }

    /** What is asked for. */
    enum What {
        CLIENT_CREDENTIALS("client credentials"),
        REDEEM("redeem a code"),
        REFRESH("refresh"),
        PASSWORD("sign in by password");

        private final String label;

        What(String label) {
            this.label = label;
        }
    }

    /** @param place a server and a database, such as {@code payara-h2} */
    private static void compare(String place, Provider peer, Table figures) throws Exception {
        Server.Kind kind = Server.Kind.valueOf(place.split("-", 2)[0].toUpperCase(Locale.ROOT));
        boolean postgresql = switch (place.split("-", 2)[1]) {
            case "h2" -> false;
            case "postgresql" -> true;
            default -> throw new IllegalArgumentException("There is no database for " + place);
        };
        String baseline = Surroundings.text("benchmark.baseline-war");
        try (Lapse lapse = Lapse.start("Lapse", kind, Surroundings.text("benchmark.war"), postgresql);
                Lapse former = baseline.isEmpty() ? null : Lapse.start("former Lapse", kind, baseline, postgresql)) {
            List<Provider> providers = new ArrayList<>(List.of(lapse.provider()));
            if (former != null) {
                providers.add(former.provider());
            }
            for (Provider provider : providers) {
                warmUp(provider);
            }
            providers.add(peer);
            for (What what : What.values()) {
                measure(place, what, providers, figures);
            }
        }
    }

    /** A Lapse on a new database. */
    private record Lapse(Provider provider, Server server, Database database) implements AutoCloseable {
        static Lapse start(String name, Server.Kind kind, String war, boolean postgresql) throws Exception {
            Database database = postgresql ? Database.startDurable() : null;
            Map<String, String> variables = database == null ? Map.of() : database.variables();
            Server server = Server.start(kind, war, HEAP, variables);
            for (int i = 0; i < CONNECTIONS; i++) {
                server.makeUser("visitor" + i + "@demo.example", "demo-Passw0rd!");
            }
            return new Lapse(Provider.of(name, server), server, database);
        }

        @Override
        public void close() throws Exception {
            server.remove();
            if (database != null) {
                database.close();
            }
        }
    }

    /**
     * It takes more than a minute of load until all of a token's way has been compiled by the last of the compilers.
     */
    private static void warmUp(Provider provider) throws Exception {
        ask(provider, What.CLIENT_CREDENTIALS, Duration.ofSeconds(WARM_UP));
        for (What what : List.of(What.REDEEM, What.REFRESH, What.PASSWORD)) {
            ask(provider, what, Duration.ofSeconds(WARM_UP / 4));
        }
    }

    private static void measure(String place, What what, List<Provider> providers, Table figures) throws Exception {
        Map<Provider, List<Counted>> counted = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Provider provider : providers) {
                counted.computeIfAbsent(provider, one -> new ArrayList<>())
                        .add(ask(provider, what, Duration.ofSeconds(SECONDS)));
            }
        }
        List<Counted> lapse = counted.get(providers.get(0));
        counted.forEach((provider, rounds) -> figures.row(
                place,
                what.label,
                provider.name(),
                median(rounds.stream().mapToDouble(Counted::perSecond).toArray()),
                median(rounds.stream().mapToDouble(one -> one.milliseconds(0.5)).toArray()),
                median(rounds.stream().mapToDouble(one -> one.milliseconds(0.99)).toArray()),
                median(ratios(lapse, rounds)),
                rounds.stream().mapToLong(Counted::failed).sum()));
    }

    private static double[] ratios(List<Counted> lapse, List<Counted> other) {
        double[] ratios = new double[lapse.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = lapse.get(round).perSecond() / other.get(round).perSecond();
        }
        return ratios;
    }

    private static double median(double[] figures) {
        Arrays.sort(figures);
        return figures[figures.length / 2];
    }

    /**
     * What was counted.
     *
     * @param nanos how long each call took, the shortest first
     */
    private record Counted(double perSecond, long[] nanos, long failed) {
        double milliseconds(double part) {
            return nanos.length == 0 ? 0 : nanos[(int) (part * (nanos.length - 1))] / 1e6;
        }
    }

    /** Asks over all connections for so long; what has to be got ready before is not in the time. */
    private static Counted ask(Provider provider, What what, Duration time) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        List<Visitor> visitors = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                visitors.add(new Visitor(provider, i));
            }
            if (what == What.REFRESH || what == What.REDEEM) {
                each(threads, visitors, visitor -> {
                    visitor.signIn();
                    visitor.redeem(visitor.silentCode());
                    return LongStream.empty();
                });
            }
            return what == What.REDEEM ? redeem(threads, visitors, time) : repeat(threads, visitors, what, time);
        } finally {
            threads.shutdownNow();
            for (Visitor visitor : visitors) {
                visitor.close();
            }
        }
    }

    private static Counted repeat(ExecutorService threads, List<Visitor> visitors, What what, Duration time)
            throws Exception {
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        long[] nanos = each(threads, visitors, visitor -> {
            LongStream.Builder took = LongStream.builder();
            for (long at = System.nanoTime(); at < end; at = System.nanoTime()) {
                took.add(timed(() -> {
                    switch (what) {
                        case CLIENT_CREDENTIALS -> visitor.clientCredentials();
                        case REFRESH -> visitor.refresh();
                        case PASSWORD -> visitor.signIn();
                        case REDEEM -> throw new IllegalArgumentException("Codes are redeemed in portions");
                    }
                    return null;
                }));
            }
            return took.build();
        });
        return counted(nanos, System.nanoTime() - begun);
    }

    /** In portions: codes are got from the sign-ins, and then redeemed as fast as can be. */
    private static Counted redeem(ExecutorService threads, List<Visitor> visitors, Duration time) throws Exception {
        List<long[]> portions = new ArrayList<>();
        long spent = 0;
        while (spent < time.toNanos()) {
            Queue<Visitor.Code> codes = new ConcurrentLinkedQueue<>();
            each(threads, visitors, visitor -> {
                for (int i = 0; i < CODES / CONNECTIONS; i++) {
                    codes.add(visitor.silentCode());
                }
                return LongStream.empty();
            });
            long begun = System.nanoTime();
            portions.add(each(threads, visitors, visitor -> {
                LongStream.Builder took = LongStream.builder();
                for (Visitor.Code code = codes.poll(); code != null; code = codes.poll()) {
                    Visitor.Code mine = code;
                    took.add(timed(() -> {
                        visitor.redeem(mine);
                        return null;
                    }));
                }
                return took.build();
            }));
            spent += System.nanoTime() - begun;
        }
        return counted(portions.stream().flatMapToLong(Arrays::stream).toArray(), spent);
    }

    /** How many nanoseconds it took; below zero if it failed. */
    private static long timed(Callable<?> call) {
        long begun = System.nanoTime();
        try {
            call.call();
            return System.nanoTime() - begun;
        } catch (Exception e) {
            LOG.log(Level.WARNING, "A call failed, and is counted as failed", e);
            return -1;
        }
    }

    private static Counted counted(long[] nanos, long spent) {
        long[] good = Arrays.stream(nanos).filter(one -> one >= 0).sorted().toArray();
        return new Counted(good.length / (spent / 1e9), good, nanos.length - good.length);
    }

    /** What a visitor does, and how long each of its calls took. */
    private interface Errand {
        LongStream run(Visitor visitor) throws IOException;
    }

    /** Has all visitors begin at the same time, and waits for the last. */
    private static long[] each(ExecutorService threads, List<Visitor> visitors, Errand errand) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(visitors.size());
        List<Future<LongStream>> running = new ArrayList<>();
        for (Visitor visitor : visitors) {
            running.add(threads.submit(() -> {
                barrier.await();
                return errand.run(visitor);
            }));
        }
        LongStream all = LongStream.empty();
        for (Future<LongStream> one : running) {
            all = LongStream.concat(all, one.get());
        }
        return all.toArray();
    }
}
