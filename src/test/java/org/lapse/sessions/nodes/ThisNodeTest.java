package org.lapse.sessions.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lapse.platform.clock.MonotonicClock;
import org.lapse.platform.clock.WallClock;

/** A node compares its clock with the database's each time that it renews its lease. */
class ThisNodeTest {
    private static final Duration SKEW = Duration.ofSeconds(1);

    private Instant databaseTime = Instant.parse("2026-11-28T09:00:00Z");
    private Duration ahead = Duration.ZERO;
    private Duration onItsWay = Duration.ZERO;

    private final ThisNode node = new SimulatedNodeRows(this::tell)
            .node(
                    new ClusterSettings(
                            true, Optional.of("one"), Duration.ofSeconds(3), Duration.ofMillis(100), "refuse", SKEW),
                    new WallClock() {
                        @Override
                        public Instant now() {
                            return databaseTime.plus(ahead);
                        }
                    },
                    new MonotonicClock() {
                        @Override
                        public long nanos() {
                            return Duration.between(Instant.EPOCH, databaseTime).toNanos();
                        }
                    },
                    () -> {},
                    true,
                    true);

    /** What the database says arrives later. */
    private Instant tell() {
        Instant said = databaseTime;
        databaseTime = said.plus(onItsWay);
        return said;
    }

    @Test
    void answerThatTakesLongerThanTheSkewIsNoWrongClock() {
        join();
        onItsWay = SKEW.plusMillis(500);

        assertThat(node.renew()).isTrue();
        assertThat(node.mayGrant()).isTrue();
    }

    @Test
    void clockThatIsAheadOrBehindByMoreThanTheSkewLosesTheLease() {
        join();
        ahead = SKEW;
        assertThat(node.renew()).isTrue();
        ahead = SKEW.negated();
        assertThat(node.renew()).isTrue();

        ahead = SKEW.plusMillis(1);
        assertThat(node.renew()).isFalse();
        assertThat(node.hindrance()).hasValueSatisfying(why -> assertThat(why).contains("ahead of"));
        assertThat(node.mayGrant()).isFalse();

        ahead = SKEW.plusMillis(1).negated();
        assertThat(node.isClockRight()).isFalse();
        assertThat(node.hindrance()).hasValueSatisfying(why -> assertThat(why).contains("behind"));
    }

    private void join() {
        node.serve(node.join(databaseTime, Duration.ofHours(9)));
        assertThat(node.mayGrant()).isTrue();
    }
}
