package org.lapse.platform.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** In whatever order reads and commits arrive. */
class VersionedCacheLawsTest {
    private static final String KEY = "key";

    @Property(seed = "1")
    void newestThatArrivedIsKnown(@ForAll("arrivals") List<Arrival> arrivals) {
        VersionedCache<String, Long> cache = new VersionedCache<>(key -> Optional.empty());
        long newest = Versioned.NO_ROW;
        for (Arrival arrival : arrivals) {
            newest = Math.max(newest, arrival.version);
            arrival.at(cache);

            assertThat(cache.known(KEY)).contains(versioned(newest));
        }
    }

    /** What is read in a transaction that fails has a version above all that were committed before. */
    @Property(seed = "1")
    void afterAFailureNothingOlderThanTheLastCommitIsKnown(
            @ForAll("arrivals") List<Arrival> before, @ForAll("arrivals") List<Arrival> after) {
        VersionedCache<String, Long> cache = new VersionedCache<>(key -> Optional.of(versioned(Versioned.NO_ROW)));
        before.forEach(arrival -> arrival.at(cache));
        cache.read(KEY, versioned(Long.MAX_VALUE));
        cache.rolledBack(KEY, Long.MAX_VALUE);
        after.forEach(arrival -> arrival.at(cache));

        long committed = Stream.concat(before.stream(), after.stream())
                .filter(Arrival::committed)
                .mapToLong(Arrival::version)
                .max()
                .orElse(Versioned.NO_ROW);
        assertThat(cache.get(KEY).get()).isBetween(committed, Long.MAX_VALUE - 1);
    }

    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        return Combinators.combine(Arbitraries.longs().between(0, 20), Arbitraries.of(true, false))
                .as(Arrival::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    private static Versioned<Long> versioned(long version) {
        return new Versioned<>(version, version);
    }

    /** A version that arrives, because somebody has read it or because it was committed. */
    private record Arrival(long version, boolean committed) {
        void at(VersionedCache<String, Long> cache) {
            if (committed) {
                cache.committed(KEY, versioned(version));
            } else {
                cache.read(KEY, versioned(version));
            }
        }
    }
}
