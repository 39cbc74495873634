package org.lapse.insight.keepalive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.TwoNodes;
import org.lapse.organizations.directory.Organizations;
import org.lapse.sessions.session.UsedSessions;

/** What two nodes count is added up, and each of them tells it. */
@OnTwoNodes
class CountsOfTwoNodesTest {
    private static final String CALL = "GET api/v2/users/me";

    private final TwoNodes nodes;

    CountsOfTwoNodesTest(TwoNodes nodes) {
        this.nodes = nodes;
    }

    @Test
    void countsOfBothNodesAreAddedUp() {
        Instant from = nodes.a().clock().now().minus(Duration.ofHours(1));
        UUID session = new UsedSessions(nodes.a()).open();
        nodes.catchUp();
        for (LapseInJavaSE node : List.of(nodes.a(), nodes.b(), nodes.a())) {
            nodes.putForward(Duration.ofSeconds(1));
            new UsedSessions(node).use(session);
            node.get(KeepAlive.class).count();
            node.get(KeepAlive.class).write();
        }

        assertThat(counted(nodes.a(), from)).isEqualTo(3);
        assertThat(counted(nodes.b(), from)).isEqualTo(3);
    }

    private static long counted(LapseInJavaSE node, Instant from) {
        UUID organizationId =
                node.get(Organizations.class).findByDomain("demo").orElseThrow().id();
        return node.get(CallCounts.class).since(organizationId, from, Optional.empty()).stream()
                .filter(sum -> sum.call().equals(CALL))
                .mapToLong(CallCounts.Sum::resets)
                .sum();
    }
}
