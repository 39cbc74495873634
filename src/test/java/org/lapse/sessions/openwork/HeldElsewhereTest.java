package org.lapse.sessions.openwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.TwoNodes;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.Sessions;
import org.lapse.sessions.session.UsedSessions;

/** A session is held at one node, and used or asked about at the other one. */
@OnTwoNodes
class HeldElsewhereTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration HALF = TIMEOUT.dividedBy(2);

    private final TwoNodes nodes;
    private final LapseInJavaSE a;
    private final LapseInJavaSE b;
    private UUID session = new UUID(0, 0);

    HeldElsewhereTest(TwoNodes nodes) {
        this.nodes = nodes;
        this.a = nodes.a();
        this.b = nodes.b();
    }

    @BeforeEach
    void open() {
        UsedSessions.setTimeout(a, TIMEOUT);
        session = new UsedSessions(a).open();
        nodes.catchUp();
    }

    @Test
    void holdOfOneNodeKeepsTheSessionInUseAtTheOther() {
        hold();
        TwoNodes.catchUp(b);
        nodes.putForward(TIMEOUT.plusMinutes(1));

        assertThat(b.get(Admission.class).access(session.toString())).isInstanceOf(Access.Granted.class);
    }

    @Test
    void holdThatEndsAtOneNodeHoldsNothingAtTheOther() {
        hold();
        TwoNodes.catchUp(b);
        b.get(Holds.class).end(b.get(Holds.class).ofSession(session), caller());
        TwoNodes.catchUp(a);
        nodes.putForward(TIMEOUT);

        assertThat(nodes.<Access>whileTheOtherCloses(
                        () -> a.get(Admission.class).access(session.toString())))
                .isInstanceOf(Access.Refused.class);
    }

    @Test
    void sessionThatOnlyTheOtherNodeKnowsToBeInUseIsHeld() {
        nodes.putForward(HALF);
        new UsedSessions(b).use(session);
        nodes.putForward(HALF);

        assertThat(nodes.whileTheOtherCloses(this::hold).isOpen(a.clock().now()))
                .isTrue();
    }

    @Test
    void sessionThatNoNodeKnowsToBeInUseIsNotHeld() {
        nodes.putForward(TIMEOUT);

        assertThatThrownBy(() -> nodes.whileTheOtherCloses(this::hold))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ApiException.class)
                .hasMessageContaining("ended because of inactivity");
    }

    private Hold hold() {
        return a.get(Holds.class).openForSession(caller(), session, "a call", HALF.multipliedBy(4));
    }

    private Caller caller() {
        Session row = a.get(Sessions.class).find(session).orElseThrow();
        return new Caller(row.organizationId(), "demo-desk", row.userId(), "Somebody", Permission.all(), "a token");
    }
}
