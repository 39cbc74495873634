package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.TwoNodes;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;

/** A session is used at one node, and the other one is asked about it. */
@OnTwoNodes
class UsedElsewhereTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration HALF = TIMEOUT.dividedBy(2);

    private final LapseInJavaSE a;
    private final LapseInJavaSE b;
    private final TwoNodes nodes;
    private final UsedSessions onB;
    private UUID session = new UUID(0, 0);

    UsedElsewhereTest(TwoNodes nodes) {
        this.nodes = nodes;
        this.a = nodes.a();
        this.b = nodes.b();
        this.onB = new UsedSessions(b);
    }

    @BeforeEach
    void openAtOneAndUseAtTheOther() {
        UsedSessions.setTimeout(a, TIMEOUT);
        session = new UsedSessions(a).open();
        nodes.catchUp();
    }

    @Test
    void lastUseAndWhatItWasAreSeenOnceTheyAreWritten() {
        nodes.putForward(HALF);
        b.get(ActivityRecorder.class)
                .reset(
                        live(b),
                        new ApiCall("GET", "/api/v2/users/7/timeout"),
                        b.clock().now());
        Instant used = live(b).lastActivity();
        b.get(ActivityWriter.class).writeBacklog(() -> {});
        TwoNodes.catchUp(a);

        assertThat(live(a).lastActivity()).isEqualTo(used);
        assertThat(live(a).hasUnwrittenActivity(Duration.ZERO)).isFalse();
        assertThat(ActivitySources.OF_THIS_SERVER.nameOf(live(a).lastUse()))
                .isEqualTo(ActivitySources.OF_THIS_SERVER.nameOf(live(b).lastUse()))
                .isPresent();
    }

    /** Whoever asks the gate names the method; no name of a call may keep a whole batch from being written. */
    @Test
    void useIsWrittenAndSeenWhateverTheCallIsNamed() {
        nodes.putForward(HALF);
        b.get(ActivityRecorder.class)
                .reset(
                        live(b),
                        new ApiCall("M".repeat(300), "/api/v2/users"),
                        b.clock().now());
        b.get(ActivityWriter.class).writeBacklog(() -> {});
        TwoNodes.catchUp(a);

        assertThat(live(a).lastActivity()).isEqualTo(live(b).lastActivity());
    }

    @Test
    void whatNodesToldEachOtherAMinuteAgoIsForgotten() {
        nodes.putForward(HALF);
        onB.use(session);
        b.get(ActivityWriter.class).writeBacklog(() -> {});
        long told = told();
        b.inTransaction(() -> b.entities()
                .createNativeQuery("update written_use set written_at = written_at - interval '2' minute")
                .executeUpdate());

        b.inTransaction(() -> b.get(WrittenUseRows.class).forgetOld());

        assertThat(told).isPositive();
        assertThat(told()).isZero();
    }

    private long told() {
        AtomicLong rows = new AtomicLong();
        b.inTransaction(() -> rows.set(((Number) b.entities()
                        .createNativeQuery("select count(*) from written_use")
                        .getSingleResult())
                .longValue()));
        return rows.get();
    }

    @Test
    void sessionThatHasLapsedHereComesBackWithALaterUseElsewhere() {
        nodes.putForward(HALF);
        onB.use(session);
        nodes.putForward(HALF);
        assertThat(live(a).status(a.clock().now())).isEqualTo(SessionStatus.INACTIVE);

        b.get(ActivityWriter.class).writeUses();
        TwoNodes.catchUp(a);
        TwoNodes.catchUp(a);

        assertThat(live(a).status(a.clock().now())).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void lockReachesWhatOnlyAnotherNodeKnowsToBeInUse() {
        nodes.putForward(HALF);
        onB.use(session);
        nodes.putForward(HALF);

        assertThat(nodes.whileTheOtherCloses(() -> a.get(Sessions.class).lock(List.of(session))))
                .isOne();
        TwoNodes.catchUp(b);
        assertThat(live(b).status(b.clock().now())).isEqualTo(SessionStatus.LOCKED);
    }

    private LiveSession<SessionPrincipal> live(LapseInJavaSE node) {
        return node.get(Admission.class).find(session).orElseThrow();
    }
}
