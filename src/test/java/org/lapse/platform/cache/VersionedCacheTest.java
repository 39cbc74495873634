package org.lapse.platform.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VersionedCacheTest {
    private static final long PATIENCE_SECONDS = 30;

    private final Map<String, Versioned<String>> rows = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final VersionedCache<String, String> cache = new VersionedCache<>(this::read);

    private Optional<Versioned<String>> read(String key) {
        reads.incrementAndGet();
        return Optional.ofNullable(rows.get(key));
    }

    @Test
    void whatIsKnownIsNotReadAgain() {
        rows.put("desk", new Versioned<>(1, "first"));

        assertThat(cache.get("desk").get()).isEqualTo("first");
        rows.put("desk", new Versioned<>(2, "nobody told of it"));

        assertThat(cache.get("desk").get()).isEqualTo("first");
        assertThat(reads).hasValue(1);
    }

    @Test
    void whatIsCommittedIsKnownWithoutReading() {
        cache.committed("desk", new Versioned<>(0, "new"));

        assertThat(cache.get("desk").get()).isEqualTo("new");
        assertThat(reads).hasValue(0);
    }

    @Test
    void whatTheDatabaseDoesNotHaveIsNotRemembered() {
        assertThat(cache.find("ghost")).isEmpty();
        assertThatThrownBy(() -> cache.get("ghost")).isInstanceOf(IllegalStateException.class);

        rows.put("ghost", new Versioned<>(0, "there after all"));

        assertThat(cache.find("ghost").map(Current::get)).contains("there after all");
        assertThat(reads).hasValue(3);
    }

    @Test
    void whoeverKeepsTheValueSeesEveryChange() {
        rows.put("desk", new Versioned<>(1, "first"));
        Current<String> kept = cache.get("desk");

        cache.committed("desk", new Versioned<>(2, "second"));

        assertThat(kept.get()).isEqualTo("second");
        assertThat(cache.get("desk")).isSameAs(kept);
    }

    @Test
    void firstThatIsWrittenIsNewerThanNoRow() {
        rows.put("desk", new Versioned<>(Versioned.NO_ROW, "nothing chosen"));
        assertThat(cache.get("desk").get()).isEqualTo("nothing chosen");

        cache.committed("desk", new Versioned<>(0, "chosen"));

        assertThat(cache.get("desk").get()).isEqualTo("chosen");
    }

    @Test
    void commitsMayBeToldInTheOppositeOrder() {
        cache.committed("desk", new Versioned<>(2, "second"));
        cache.committed("desk", new Versioned<>(1, "first"));

        assertThat(cache.get("desk").get()).isEqualTo("second");
    }

    @Test
    void readThatACommitHasOvertakenIsThrownAway() throws Exception {
        CountDownLatch hasRead = new CountDownLatch(1);
        CountDownLatch isTold = new CountDownLatch(1);
        VersionedCache<String, String> slow = new VersionedCache<>(key -> {
            hasRead.countDown();
            await(isTold);
            return Optional.of(new Versioned<>(1, "old"));
        });
        CompletableFuture<Current<String>> reading = CompletableFuture.supplyAsync(() -> slow.get("desk"));
        await(hasRead);

        slow.committed("desk", new Versioned<>(2, "new"));
        isTold.countDown();

        assertThat(reading.get(PATIENCE_SECONDS, TimeUnit.SECONDS).get()).isEqualTo("new");
        assertThat(slow.get("desk").get()).isEqualTo("new");
    }

    @Test
    void ofTwoReadsTheNewerStays() {
        cache.read("desk", new Versioned<>(2, "new"));

        assertThat(cache.read("desk", new Versioned<>(1, "old")).get()).isEqualTo("new");
    }

    /** Would wait for ever if reading held a lock that another reader of the same key needs. */
    @Test
    void severalReadOneKeyAtTheSameTime() throws Exception {
        CyclicBarrier bothRead = new CyclicBarrier(2);
        VersionedCache<String, String> slow = new VersionedCache<>(key -> {
            meet(bothRead);
            return Optional.of(new Versioned<>(1, "value"));
        });

        CompletableFuture<Current<String>> one = CompletableFuture.supplyAsync(() -> slow.get("desk"));
        CompletableFuture<Current<String>> other = CompletableFuture.supplyAsync(() -> slow.get("desk"));

        assertThat(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isSameAs(other.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void whatWasReadInATransactionThatFailsDoesNotStay() {
        rows.put("desk", new Versioned<>(2, "not committed"));
        Current<String> kept = cache.get("desk");
        rows.put("desk", new Versioned<>(1, "committed"));

        cache.rolledBack("desk", 2);

        assertThat(cache.known("desk")).isEmpty();
        assertThat(cache.get("desk").get()).isEqualTo("committed");
        assertThat(kept.get()).isEqualTo("committed");
    }

    @Test
    void commitEndsADoubt() {
        rows.put("desk", new Versioned<>(2, "not committed"));
        assertThat(cache.get("desk").get()).isEqualTo("not committed");
        cache.rolledBack("desk", 2);

        cache.committed("desk", new Versioned<>(1, "committed before and told late"));

        assertThat(cache.known("desk")).contains(new Versioned<>(1, "committed before and told late"));
    }

    @Test
    void whatWasToldOfACommitIsNotDoubted() {
        cache.committed("desk", new Versioned<>(2, "committed"));

        cache.rolledBack("desk", 3);

        assertThat(cache.known("desk")).contains(new Versioned<>(2, "committed"));
        assertThat(reads).hasValue(0);
    }

    @Test
    void readThatIsOlderThanACommitDoesNotEndADoubt() {
        cache.committed("desk", new Versioned<>(2, "committed"));
        cache.read("desk", new Versioned<>(3, "not committed"));
        cache.rolledBack("desk", 3);
        rows.put("desk", new Versioned<>(1, "read before the commit"));

        assertThat(cache.get("desk").get()).isEqualTo("committed");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
