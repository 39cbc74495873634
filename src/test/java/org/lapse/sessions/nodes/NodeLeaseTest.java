package org.lapse.sessions.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.lapse.platform.clock.MonotonicClock;

class NodeLeaseTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // a monotonic clock may overflow
    private final NodeLease lease = new NodeLease(new MonotonicClock() {
        @Override
        public long nanos() {
            return clock.get();
        }
    });

    @Test
    void isNotHeldAtFirst() {
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void countsFromTheMomentAtWhichTheRenewalWasSent() {
        long sentAt = lease.now();
        clock.addAndGet(4);
        lease.hold(sentAt, Duration.ofNanos(10));

        assertThat(lease.isHeld()).isTrue();
        clock.addAndGet(5);
        assertThat(lease.isHeld()).isTrue();
        clock.addAndGet(1);
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void isOverWhenItIsLost() {
        lease.hold(lease.now(), Duration.ofSeconds(3));
        lease.lose();

        assertThat(lease.isHeld()).isFalse();
    }
}
