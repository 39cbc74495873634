package org.lapse.sessions.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OtherNodesTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration TOLERANCE = Duration.ofSeconds(15);
    private static final Duration SKEW = Duration.ofSeconds(1);
    private static final UUID SELF = UUID.randomUUID();

    @Test
    void nodeThatHasNoOthersNeedNotWait() {
        assertThat(OtherNodes.NONE.haveClosed(NOON)).isTrue();
        assertThat(OtherNodes.NONE.latestPossibleUse(NOON, TOLERANCE)).isEqualTo(NOON);
        OtherNodes onlySelf = of(node(SELF, NOON.plusSeconds(2), true, NOON.minusSeconds(9)));
        assertThat(onlySelf.haveClosed(NOON)).isTrue();
    }

    @Test
    void nobodyIsEndedBeforeTheOthersWereAsked() {
        assertThat(OtherNodes.UNREAD.haveClosed(NOON)).isFalse();
        assertThat(OtherNodes.UNREAD.latestPossibleUse(NOON, TOLERANCE)).isEqualTo(NOON);
    }

    @Test
    void theOneThatHasClosedLeastDecides() {
        OtherNodes others = of(
                node(UUID.randomUUID(), NOON.plusSeconds(2), true, NOON.minusMillis(1)),
                node(UUID.randomUUID(), NOON.plusSeconds(2), true, NOON.minusMillis(300)));

        assertThat(others.haveClosed(NOON.minusMillis(300))).isTrue();
        assertThat(others.haveClosed(NOON.minusMillis(299))).isFalse();
    }

    @Test
    void whatWasReadBeforeTheDeadlineSaysNothingAboutIt() {
        assertThat(of().haveClosed(NOON)).isTrue();
        assertThat(of().haveClosed(NOON.plusMillis(1))).isFalse();
    }

    @Test
    void lostNodeIsNotWaitedForButMayHaveGrantedUsesUntilItsLeaseWasOver() {
        OtherNodes others = of(node(UUID.randomUUID(), NOON.minusSeconds(10), false, NOON.minusSeconds(13)));

        assertThat(others.haveClosed(NOON)).isTrue();
        assertThat(others.latestPossibleUse(NOON.minusSeconds(60), TOLERANCE))
                .as("no later than the tolerance")
                .isEqualTo(NOON.minusSeconds(45));
        assertThat(others.latestPossibleUse(NOON.minusSeconds(14), TOLERANCE))
                .as("no later than the lease, by whatever clock")
                .isEqualTo(NOON.minusSeconds(9));
        assertThat(others.latestPossibleUse(NOON.minusSeconds(5), TOLERANCE))
                .as("written after the node was lost")
                .isEqualTo(NOON.minusSeconds(5));
    }

    @Test
    void nodeThatIsAloneIsNobodyToWaitFor() {
        OtherNodes others = of(node(UUID.randomUUID(), null, true, NOON.minusSeconds(100)));

        assertThat(others.haveClosed(NOON)).isTrue();
        assertThat(others.latestPossibleUse(NOON, TOLERANCE)).isEqualTo(NOON);
    }

    private static OtherNodes of(NodeState... nodes) {
        return OtherNodes.of(List.of(nodes), SELF, NOON, SKEW);
    }

    private static NodeState node(UUID id, @Nullable Instant leaseUntil, boolean holdsLease, Instant closedUntil) {
        return new NodeState(id, "a", "1", NOON, NOON, leaseUntil, holdsLease, closedUntil, 0);
    }
}
