package org.lapse.sessions.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.TwoNodes;
import org.lapse.sessions.nodes.ThisNode;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.DeadlineEnforcement;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionState;
import org.lapse.sessions.session.Sessions;
import org.lapse.sessions.session.UsedSessions;

/** A node is killed: what it granted at the end and did not write down ends nobody early. */
@OnTwoNodes(configuration = "lapse.cluster.clock-skew=PT1M") // so that the tolerance decides, however slow the test is
class LostNodeTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final TwoNodes nodes;
    private final LapseInJavaSE a;
    private final LapseInJavaSE b;

    LostNodeTest(TwoNodes nodes) {
        this.nodes = nodes;
        this.a = nodes.a();
        this.b = nodes.b();
    }

    @Test
    void sessionCountsAsUsedUntilTheNodeWasLost() {
        UsedSessions.setTimeout(a, TIMEOUT);
        UUID session = new UsedSessions(a).open();
        Instant opened = row(session).lastActivityAt();
        nodes.catchUp();
        new UsedSessions(b).use(session); // and nobody writes it
        kill(b);
        nodes.putForward(Duration.between(a.clock().now(), opened.plus(TIMEOUT)));
        settle(a);

        assertThat(row(session).state()).isEqualTo(SessionState.ACTIVE);
        assertThat(a.get(Admission.class).access(session.toString())).isInstanceOf(Access.Granted.class);

        nodes.putForward(Duration.ofSeconds(15));
        settle(a);
        assertThat(row(session).endReason()).isEqualTo(EndReason.INACTIVITY);

        b.get(Membership.class).join();
        assertThat(b.get(Admission.class).access(session.toString())).isInstanceOf(Access.Refused.class);
        assertThat(a.get(ThisNode.class).all()).hasSize(2);
    }

    /** Its lease is over now, and it writes nothing any more. */
    private static void kill(LapseInJavaSE node) {
        UUID self = node.get(ThisNode.class).all().stream()
                .filter(node.get(ThisNode.class)::is)
                .findFirst()
                .orElseThrow()
                .id();
        node.inTransaction(() -> node.entities()
                .createNativeQuery("update node set lease_until = current_timestamp where id = :id")
                .setParameter("id", self)
                .executeUpdate());
        node.get(ThisNode.class).refuse();
    }

    private static void settle(LapseInJavaSE node) {
        TwoNodes.turn(node);
        node.get(DeadlineEnforcement.class).settle(node.clock().now());
    }

    private Session row(UUID session) {
        return a.get(Sessions.class).find(session).orElseThrow();
    }
}
