package org.lapse.sessions.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.TwoNodes;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;

/** A presence that is changed on one node is told on the other, with what has moved. */
@OnTwoNodes
class PresenceOnTheOtherNodeTest {
    private final TwoNodes nodes;

    PresenceOnTheOtherNodeTest(TwoNodes nodes) {
        this.nodes = nodes;
    }

    @Test
    void whatMovedOnOneNodeIsToldOnTheOtherOnceUnderTheSameNumber() {
        LapseInJavaSE a = nodes.a();
        UUID demo =
                a.get(Organizations.class).findByDomain("demo").orElseThrow().id();
        User bob = a.get(Users.class).findByUsername(demo, "bob@demo.example").orElseThrow();

        a.inTransaction(() -> {
            Presences presences = a.get(Presences.class);
            UserPresence presence = presences.lock(bob);
            presences.change(
                    presence,
                    new Availability(
                            SystemPresence.BUSY, presence.availability().routingStatus()),
                    "in a call",
                    a.clock().now());
        });
        nodes.catchUp();
        nodes.catchUp();

        List<PresenceChanged> onA = a.toldAfterSuccess(PresenceChanged.class);
        List<PresenceChanged> onB = nodes.b().toldAfterSuccess(PresenceChanged.class);
        assertThat(onB).isEqualTo(onA).hasSize(1);
        assertThat(onB.get(0).presenceMoved()).isTrue();
        assertThat(onB.get(0).routingStatusMoved()).isFalse();
    }
}
