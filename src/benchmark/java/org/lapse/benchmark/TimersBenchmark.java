package org.lapse.benchmark;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.lapse.sessions.ledger.ActivityBacklog;
import org.lapse.sessions.ledger.PassedDeadline;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.SharedTimeout;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.LedgerBenchmark;

/**
 * The wheel against the timers of Caffeine and Netty: a million entries, each used once more before it lapses. How late
 * is the end, what does a use cost, and how much of a processor do the ends take together with the uses?
 */
final class TimersBenchmark {
    private static final int ENTRIES = 1_000_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private TimersBenchmark() {}

    /** Something that forgets what is not used. */
    private interface Timers extends AutoCloseable {
        void open(int number);

        void use(int number);

        @Override
        void close();
    }

    static void run() throws Exception {
        try (Table figures = new Table(
                "timers", "what", "entries", "open ns", "use ns", "late p50 ms", "late p99 ms", "late max ms", "early", "cpu s")) {
            run("Lapse", figures, Lapse::new);
            run("Caffeine", figures, CaffeineExpiry::new);
            run("Netty", figures, Netty::new);
        }
    }

    private interface Source {
        Timers start(Ends ends);
    }

    private static void run(String name, Table figures, Source source) throws Exception {
        Ends ends = new Ends();
        System.gc();
        try (Timers timers = source.start(ends)) {
            long before = processorTime();
            long begun = System.nanoTime();
            for (int i = 0; i < ENTRIES; i++) {
                timers.open(i);
            }
            long opened = System.nanoTime();
            Random random = new Random(1);
            for (int i = 0; i < ENTRIES; i++) {
                int number = random.nextInt(ENTRIES);
                ends.deadlines[number] = System.currentTimeMillis() + TIMEOUT.toMillis();
                timers.use(number);
            }
            long used = System.nanoTime();
            while (ends.count.get() < ENTRIES) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            double processor = (processorTime() - before) / 1e9;
            int[] late = ends.late.clone();
            Arrays.sort(late);
            figures.row(
                    name,
                    ENTRIES,
                    (opened - begun) / ENTRIES,
                    (used - opened) / ENTRIES,
                    late[ENTRIES / 2],
                    late[(int) (ENTRIES * 0.99)],
                    late[ENTRIES - 1],
                    Arrays.stream(late).filter(one -> one < -1).count(),
                    processor);
        }
    }

    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** What ended, and how much later than it should have. */
    private static final class Ends {
        private final long[] deadlines = new long[ENTRIES];
        private final int[] late = new int[ENTRIES];
        private final AtomicInteger count = new AtomicInteger();

        void ended(int number) {
            late[number] = (int) (System.currentTimeMillis() - deadlines[number]);
            count.incrementAndGet();
        }

        void opened(int number) {
            deadlines[number] = System.currentTimeMillis() + TIMEOUT.toMillis();
        }
    }

    /** The ledger, swept every 100 ms, as the product does. */
    private static final class Lapse implements Timers {
        private final SessionLedger<Integer> ledger = new SessionLedger<>(
                Instant.now(), LedgerBenchmark.governedBy(SharedTimeout.of(Optional.of(TIMEOUT))));
        private final ActivityBacklog<Integer> backlog = new ActivityBacklog<>(Duration.ofDays(1));
        private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor();
        private final Ends ends;

        Lapse(Ends ends) {
            this.ends = ends;
            sweeper.scheduleAtFixedRate(this::sweep, 100, 100, TimeUnit.MILLISECONDS);
        }

        private void sweep() {
            List<PassedDeadline<Integer>> due;
            do {
                due = ledger.takePassed(Instant.now(), 500);
                for (PassedDeadline<Integer> one : due) {
                    ledger.apply(new CommittedState.Over<>(one.session().id(), 2), Instant.now());
                    ends.ended(one.session().principal());
                }
            } while (due.size() == 500);
        }

        @Override
        public void open(int number) {
            ends.opened(number);
            Instant now = Instant.now();
            ledger.apply(
                    LedgerBenchmark.opened(
                            new UUID(0, number), LedgerBenchmark.key(number), number, now, now.plus(Duration.ofDays(1))),
                    now);
        }

        @Override
        public void use(int number) {
            Instant now = Instant.now();
            ledger.find(LedgerBenchmark.key(number), now).map(session -> backlog.recordActivity(session, now, 0));
        }

        @Override
        public void close() {
            sweeper.shutdown();
        }
    }

    /** Caffeine with the scheduler that it recommends. */
    private static final class CaffeineExpiry implements Timers {
        private final Cache<TokenDigest, Integer> cache;
        private final Ends ends;

        CaffeineExpiry(Ends ends) {
            this.ends = ends;
            this.cache = Caffeine.newBuilder()
                    .expireAfterAccess(TIMEOUT)
                    .scheduler(Scheduler.systemScheduler())
                    .executor(Runnable::run)
                    .removalListener((TokenDigest key, Integer number, RemovalCause cause) -> ends.ended(number))
                    .build();
        }

        @Override
        public void open(int number) {
            ends.opened(number);
            cache.put(LedgerBenchmark.key(number), number);
        }

        @Override
        public void use(int number) {
            cache.getIfPresent(LedgerBenchmark.key(number));
        }

        @Override
        public void close() {
            cache.invalidateAll();
        }
    }

    /** Netty's wheel, with ticks of 100 ms; a use takes the timeout away and sets another. */
    private static final class Netty implements Timers {
        private final HashedWheelTimer timer = new HashedWheelTimer(100, TimeUnit.MILLISECONDS, 4096);
        private final Map<TokenDigest, Timeout> timeouts = new ConcurrentHashMap<>();
        private final Ends ends;

        Netty(Ends ends) {
            this.ends = ends;
            timer.start();
        }

        private Timeout arm(int number) {
            return timer.newTimeout(
                    timeout -> {
                        timeouts.remove(LedgerBenchmark.key(number));
                        ends.ended(number);
                    },
                    TIMEOUT.toMillis(),
                    TimeUnit.MILLISECONDS);
        }

        @Override
        public void open(int number) {
            ends.opened(number);
            timeouts.put(LedgerBenchmark.key(number), arm(number));
        }

        @Override
        public void use(int number) {
            timeouts.computeIfPresent(LedgerBenchmark.key(number), (key, timeout) -> {
                timeout.cancel();
                return arm(number);
            });
        }

        @Override
        public void close() {
            timer.stop();
        }
    }
}
