package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.TwoNodes;

/** What is done with sessions on one node holds on the other as soon as that has caught up. */
@OnTwoNodes
class FollowedByTheOtherNodeTest {
    private final TwoNodes nodes;
    private final UsedSessions onA;
    private final UsedSessions onB;

    FollowedByTheOtherNodeTest(TwoNodes nodes) {
        this.nodes = nodes;
        this.onA = new UsedSessions(nodes.a());
        this.onB = new UsedSessions(nodes.b());
    }

    @Test
    void timeoutThatIsChangedOnOneNodeGovernsTheSessionsOfTheOther() {
        UUID session = onB.open();
        UsedSessions.setTimeout(nodes.a(), Duration.ofMinutes(30));
        TwoNodes.catchUp(nodes.b());
        assertThat(timeout(nodes.b(), session)).contains(Duration.ofMinutes(30));

        UsedSessions.setTimeout(nodes.a(), Duration.ofMinutes(20));
        assertThat(timeout(nodes.b(), session)).contains(Duration.ofMinutes(30));
        TwoNodes.catchUp(nodes.b());

        assertThat(timeout(nodes.b(), session)).contains(Duration.ofMinutes(20));
    }

    @Test
    void sessionThatIsOpenedOnOneNodeIsKnownToTheOtherAndWithItsEndGivesNoAccessThere() {
        UUID session = onA.open();
        nodes.catchUp();
        onB.use(session);
        assertThat(access(nodes.b(), session)).isInstanceOf(Access.Granted.class);

        nodes.a().get(Sessions.class).end(session, EndReason.FORCED);
        nodes.catchUp();

        assertThat(access(nodes.b(), session)).isInstanceOf(Access.Refused.class);
    }

    @Test
    void endIsFollowedHoweverManyNumbersBeforeItNobodyFinds() {
        UUID session = onA.open();
        nodes.catchUp();
        nodes.a().inTransaction(() -> nodes.a()
                .entities()
                .createNativeQuery("select nextval('change_number') from generate_series(1, 20000)")
                .getResultList());

        nodes.a().get(Sessions.class).end(session, EndReason.FORCED);
        nodes.catchUp();

        assertThat(access(nodes.b(), session)).isInstanceOf(Access.Refused.class);
    }

    private static Access access(LapseInJavaSE node, UUID session) {
        return node.get(Admission.class).access(session.toString());
    }

    private static Optional<Duration> timeout(LapseInJavaSE node, UUID session) {
        return node.get(Admission.class).find(session).orElseThrow().timeout().timeout();
    }
}
