package org.lapse.sessions.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.TwoNodes;
import org.lapse.platform.api.ApiException;
import org.lapse.sessions.nodes.ThisNode;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.DeadlineEnforcement;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionState;
import org.lapse.sessions.session.Sessions;
import org.lapse.sessions.session.UsedSessions;

/** Nobody is ended early because of what only another node knows, and nobody who ended is let in by another one. */
@OnTwoNodes
class SeveralNodesTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final TwoNodes nodes;
    private final LapseInJavaSE a;
    private final LapseInJavaSE b;
    private final UsedSessions onA;
    private final UsedSessions onB;

    SeveralNodesTest(TwoNodes nodes) {
        this.nodes = nodes;
        this.a = nodes.a();
        this.b = nodes.b();
        this.onA = new UsedSessions(a);
        this.onB = new UsedSessions(b);
    }

    @BeforeEach
    void everybodyHasTheSameTimeout() {
        setTimeout(TIMEOUT);
        bothTakeTheirTurns();
    }

    @Test
    void sessionThatOnlyTheOtherNodeSawInUseGoesOn() {
        UUID session = openAndKnown();
        nodes.putForward(TIMEOUT.minusSeconds(10));
        Instant used = onB.use(session);
        nodes.putForward(Duration.ofSeconds(11));

        TwoNodes.turn(a);
        settle(a);
        assertThat(state(session)).as("while the other has not closed").isEqualTo(SessionState.ACTIVE);

        TwoNodes.turn(b);
        assertThat(onA.written(session)).isEqualTo(used);
        TwoNodes.turn(a);
        settle(a);

        assertThat(state(session)).isEqualTo(SessionState.ACTIVE);
        assertThat(access(a, session)).isInstanceOf(Access.Granted.class);
        assertThat(deadline(a, session)).isEqualTo(used.plus(TIMEOUT));
    }

    @Test
    void sessionThatNobodyUsedEndsOnceAllHaveClosed() {
        UUID session = openAndKnown();
        nodes.putForward(TIMEOUT);
        TwoNodes.turn(a);
        settle(a);
        assertThat(state(session)).isEqualTo(SessionState.ACTIVE);

        TwoNodes.turn(b);
        TwoNodes.turn(a);
        settle(a);
        TwoNodes.turn(b);
        settle(b);

        assertThat(endReason(session)).isEqualTo(EndReason.INACTIVITY);
        assertThat(access(b, session)).isInstanceOf(Access.Refused.class);
    }

    @Test
    void callAtADeadlineThatTheOtherNodeKnowsBetterWaitsForItAndPasses() throws Exception {
        UUID session = openAndKnown();
        nodes.putForward(TIMEOUT.minusSeconds(1));
        onB.use(session);
        nodes.putForward(Duration.ofSeconds(2));

        CompletableFuture<Access> answer = CompletableFuture.supplyAsync(() -> access(a, session));
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(answer).isNotDone();
        TwoNodes.turn(b);

        assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(Access.Granted.class);
    }

    @Test
    void callAfterADeadlineThatAllKnowIsRefused() throws Exception {
        UUID session = openAndKnown();
        nodes.putForward(TIMEOUT);
        TwoNodes.turn(b);

        Access access = CompletableFuture.supplyAsync(() -> access(a, session)).get(20, TimeUnit.SECONDS);

        assertThat(access).isInstanceOf(Access.Refused.class);
    }

    @Test
    void nodeThatLeavesInOrderWritesAllAndIsWaitedForNoLonger() {
        UUID session = openAndKnown();
        nodes.putForward(Duration.ofSeconds(3));
        Instant used = onB.use(session);
        b.get(Membership.class).leave();
        assertThat(onA.written(session)).isEqualTo(used);
        nodes.putForward(TIMEOUT);
        TwoNodes.turn(a);
        settle(a); // finds in the row that the session was used later than this node knew
        nodes.putForward(Duration.ofSeconds(3));
        TwoNodes.turn(a);
        settle(a);

        assertThat(endReason(session)).isEqualTo(EndReason.INACTIVITY);
        b.get(Membership.class).join();
        assertThat(access(b, session)).isInstanceOf(Access.Refused.class);
    }

    @Test
    void nodeThatHasLeftDoesNotComeBackByARenewalThatIsLate() {
        b.get(Membership.class).leave();
        b.get(Membership.class).renew();

        assertThat(a.get(ThisNode.class).all()).hasSize(1);
        assertThat(b.get(ThisNode.class).mayGrant()).isFalse();
        b.get(Membership.class).join();
        assertThat(a.get(ThisNode.class).all()).hasSize(2);
    }

    @Test
    void nodeWithoutALeaseLetsNobodyPassUntilItHasReadWhatItMissed() {
        UUID session = openAndKnown();
        UUID other = openAndKnown();
        b.get(ThisNode.class).refuse();
        a.get(Sessions.class).end(session, EndReason.FORCED);

        assertThatThrownBy(() -> access(b, session))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.status())
                        .isEqualTo(503));
        assertThatThrownBy(() -> access(b, other)).isInstanceOf(ApiException.class);

        b.get(Membership.class).renew();
        assertThat(access(b, session)).isInstanceOf(Access.Refused.class);
        assertThat(access(b, other)).isInstanceOf(Access.Granted.class);
        assertThat(a.get(ThisNode.class).all()).hasSize(2);
    }

    @Test
    void timeoutThatBecomesShorterEndsNobodyWhomTheOtherNodeSawInUse() {
        setTimeout(Duration.ofMinutes(30));
        UUID session = openAndKnown();
        nodes.putForward(Duration.ofMinutes(20));
        Instant used = onB.use(session);

        setTimeout(TIMEOUT);
        TwoNodes.turn(a);
        settle(a);
        assertThat(state(session)).isEqualTo(SessionState.ACTIVE);
        bothTakeTheirTurns();
        settle(a);
        bothTakeTheirTurns();

        assertThat(state(session)).isEqualTo(SessionState.ACTIVE);
        assertThat(deadline(a, session)).isEqualTo(used.plus(TIMEOUT));
    }

    @Test
    void timeoutThatBecameLongerInTimeSavesASessionAtANodeThatWasCutOffMeanwhile() {
        UUID session = openAndKnown();
        b.get(ThisNode.class).refuse();
        nodes.putForward(TIMEOUT.minusSeconds(10));

        setTimeout(Duration.ofMinutes(30));
        nodes.putForward(TIMEOUT);
        b.get(Membership.class).renew();
        TwoNodes.turn(b);
        TwoNodes.turn(a);
        TwoNodes.turn(b);
        settle(b);

        assertThat(state(session)).isEqualTo(SessionState.ACTIVE);
        assertThat(access(b, session)).isInstanceOf(Access.Granted.class);
    }

    private void setTimeout(Duration timeout) {
        UsedSessions.setTimeout(a, timeout);
    }

    private UUID openAndKnown() {
        UUID session = onA.open();
        bothTakeTheirTurns();
        return session;
    }

    private void bothTakeTheirTurns() {
        TwoNodes.turn(a);
        TwoNodes.turn(b);
        TwoNodes.turn(a);
    }

    private static void settle(LapseInJavaSE node) {
        node.get(DeadlineEnforcement.class).settle(node.clock().now());
    }

    private static Access access(LapseInJavaSE node, UUID session) {
        return node.get(Admission.class).access(session.toString());
    }

    private static Instant deadline(LapseInJavaSE node, UUID session) {
        return node.get(Admission.class).find(session).orElseThrow().deadline();
    }

    private SessionState state(UUID session) {
        return row(session).state();
    }

    private EndReason endReason(UUID session) {
        return Objects.requireNonNull(row(session).endReason());
    }

    private Session row(UUID session) {
        return a.get(Sessions.class).find(session).orElseThrow();
    }
}
