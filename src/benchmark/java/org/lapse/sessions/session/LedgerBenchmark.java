package org.lapse.sessions.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.lapse.platform.cache.Current;
import org.lapse.platform.cache.Versioned;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.rules.excludedapi.ApiPattern;
import org.lapse.rules.excludedapi.ExcludedApis;
import org.lapse.sessions.ledger.ActivityBacklog;
import org.lapse.sessions.ledger.SessionPrincipals;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.SharedTimeout;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.organizations.settings.Restrictions;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.rules.timeout.TimeoutLimit;
import org.lapse.rules.timeout.TimeoutRule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a use of a token costs in memory, session after session in random order: the look-up, the deadline, the excluded
 * APIs and the touch, against a bare map and against Caffeine with the same keys. The digest is not part of it: each
 * key is made from a random number, the same way for all three.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 25, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = {"-Xms6g", "-Xmx6g", "-XX:+UseParallelGC"})
public class LedgerBenchmark {

    /** A map with the least that could be kept: when each token was last used. */
    @State(Scope.Benchmark)
    public static class BareMap {
        @Param({"10000", "1000000", "10000000"})
        int sessions;

        private final ConcurrentHashMap<TokenDigest, LastUse> map = new ConcurrentHashMap<>();

        @Setup
        public void fill() {
            for (int i = 0; i < sessions; i++) {
                map.put(key(i), new LastUse());
            }
            System.gc();
        }
    }

    /** Caffeine, which forgets what was not used for an hour. */
    @State(Scope.Benchmark)
    public static class CaffeineCache {
        @Param({"10000", "1000000", "10000000"})
        int sessions;

        private final Cache<TokenDigest, LastUse> cache =
                Caffeine.newBuilder().expireAfterAccess(Duration.ofHours(1)).build();

        @Setup
        public void fill() {
            for (int i = 0; i < sessions; i++) {
                cache.put(key(i), new LastUse());
            }
            System.gc();
        }
    }

    /**
     * The ledger as Lapse fills it: each session with its own principal, and an organization that excludes something.
     */
    @State(Scope.Benchmark)
    public static class Ledger {
        @Param({"10000", "1000000", "10000000"})
        int sessions;

        private final ApiCall call = new ApiCall("GET", "/reports/7/rows");
        private final SessionLedger<SessionPrincipal> ledger = new SessionLedger<>(Instant.now(), governedBy(effectivePolicy()));
        private final WriteTolerance tolerance = new WriteTolerance(Duration.ofDays(1));
        private final ActivityRecorder uses = new ActivityRecorder(
                new ActivityBacklog<>(tolerance.worthWriting()),
                new ActivityDurability("relaxed", tolerance),
                new RecentActivity());

        @Setup
        public void fill() {
            Instant now = Instant.now();
            UUID organization = UUID.randomUUID();
            for (int i = 0; i < sessions; i++) {
                CommittedState<SessionPrincipal> opened = opened(
                        new UUID(1, i),
                        key(i),
                        new SessionPrincipal(
                                organization,
                                "desk",
                                new UUID(2, i),
                                "user" + i + "@demo.example",
                                Entitlements.NONE,
                                "openid"),
                        now,
                        now.plus(Duration.ofDays(1)));
                ledger.apply(opened, now);
            }
            System.gc();
        }
    }

    /** What the bare map keeps. */
    static final class LastUse {
        private volatile long millis;
    }

    /** An organization with two excluded APIs and a timeout of an hour. */
    public static EffectivePolicy effectivePolicy() {
        return new EffectivePolicy(
                new EffectivePolicy.Decided(1, 1, new TimeoutDecision(
                        Optional.of(new TimeoutLimit(
                                TimeoutRule.ORGANIZATION,
                                InactivityTimeout.ofMinutes(60),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())),
                        List.of(),
                        "")),
                known(
                        ExcludedApis.of(List.of(ApiPattern.of("GET reports/{id}/poll"), ApiPattern.of("static/*")))),
                known(Restrictions.NONE));
    }

    private static <V> Current<V> known(V value) {
        return new Current<>(new Versioned<>(1, value));
    }

    /** Principals that stay as they are, all of them governed alike. */
    public static <T> SessionPrincipals<T> governedBy(SharedTimeout timeout) {
        return new SessionPrincipals<>() {
            @Override
            public T latest(T principal, long version) {
                return principal;
            }

            @Override
            public SharedTimeout timeoutOf(T principal) {
                return timeout;
            }
        };
    }

    /** A session that was just opened. */
    public static <T> CommittedState<T> opened(
            UUID id, TokenDigest token, T principal, Instant lastActivity, Instant expiresAt) {
        return new CommittedState.Live<>(
                id,
                1,
                Optional.empty(),
                token,
                expiresAt,
                Optional.empty(),
                Optional.of(principal),
                lastActivity,
                0,
                Optional.empty());
    }

    @Benchmark
    public TokenDigest keyAlone() {
        return key(ThreadLocalRandom.current().nextInt());
    }

    @Benchmark
    public LastUse bareMap(BareMap state) {
        long now = System.currentTimeMillis();
        LastUse found = state.map.get(key(ThreadLocalRandom.current().nextInt(state.sessions)));
        found.millis = now;
        return found;
    }

    @Benchmark
    public LastUse caffeine(CaffeineCache state) {
        return state.cache.getIfPresent(key(ThreadLocalRandom.current().nextInt(state.sessions)));
    }

    @Benchmark
    public boolean ledger(Ledger state) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        LiveSession<SessionPrincipal> found = state.ledger
                .find(key(ThreadLocalRandom.current().nextInt(state.sessions)), now)
                .orElseThrow();
        return found.status(now) == org.lapse.sessions.ledger.SessionStatus.ACTIVE && state.uses.record(found, state.call, false, now);
    }

    /** A key that is spread as a digest is. */
    public static TokenDigest key(long number) {
        byte[] digest = new byte[32];
        ByteBuffer.wrap(digest)
                .putLong(spread(number))
                .putLong(spread(~number))
                .putLong(number)
                .putLong(-number);
        return TokenDigest.ofBytes(digest);
    }

    /** The last step of MurmurHash3 for 64 bits. */
    private static long spread(long number) {
        long z = number * 0x9E3779B97F4A7C15L + 0x7F4A7C15L;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
