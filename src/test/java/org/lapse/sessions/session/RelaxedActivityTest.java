package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.session.NextServer.TIMEOUT;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strand.Place;
import org.lapse.middle.Strands;
import org.lapse.sessions.nodes.ThisNode;

/** What a kill takes of activity where no use waits for the database, as it is without configuration. */
@OnBothDatabases
class RelaxedActivityTest {
    private static final Duration TOLERANCE = Duration.ofSeconds(15);
    private static final Duration QUIET = Duration.ofMillis(60_200);

    private final LapseInJavaSE lapse;
    private final UsedSessions sessions;
    private final ActivityWriter writer;

    RelaxedActivityTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.sessions = new UsedSessions(lapse);
        this.writer = lapse.get(ActivityWriter.class);
    }

    private void writersTurn() {
        writer.writeBacklog(() -> {});
    }

    @Test
    void theFirstUseAfterAQuietTimeSurvivesAKillAfterTheWritersNextTurn() {
        UUID id = sessions.open();
        lapse.clock().putForward(QUIET);
        Instant used = sessions.use(id);
        assertThat(writer.backlog()).isOne();

        writersTurn();

        assertThat(writer.backlog()).isZero();
        assertThat(sessions.written(id)).isEqualTo(used);
        lapse.clock().putForward(TIMEOUT.minusMillis(1));
        assertThat(NextServer.start(lapse).deadline(id))
                .isBetween(used.plus(TIMEOUT), used.plus(TIMEOUT).plus(TOLERANCE));
    }

    @Test
    void theWriterTakesItsTurnMoreOftenThanEveryTenthOfASecond() {
        assertThat(writer.period()).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void aUseThatIsNoLaterThanTheToleranceAfterTheWrittenOneSurvivesUnwritten() {
        UUID id = sessions.open();
        Instant opened = sessions.written(id);
        lapse.clock().putForward(TOLERANCE.minusSeconds(1));
        Instant used = sessions.use(id);

        lapse.clock().putForward(TOLERANCE);

        assertThat(sessions.written(id)).isEqualTo(opened);
        assertThat(NextServer.start(lapse).deadline(id)).isAfterOrEqualTo(used.plus(TIMEOUT));
        writersTurn();
    }

    @Test
    void noUseWaitsForTheDatabase() throws SQLException {
        UUID id = sessions.open();
        lapse.clock().putForward(QUIET);
        try (Strands strands = lapse.strands()) {
            Strand holder = strands.of(
                            "who holds the row",
                            () -> lapse.inTransaction(() -> {
                                lapse.get(Sessions.class).lockRow(id);
                            }))
                    .goOnTo(Place.BEFORE_COMMIT);
            Instant used = sessions.use(id);
            Strand turn = strands.of("the writer", this::writersTurn);
            assertThat(turn.goOn()).isEqualTo(Place.BLOCKED);

            holder.finish();
            turn.goOnTo(Place.AFTER_COMMIT).finish();

            assertThat(sessions.written(id)).isEqualTo(used);
        }
    }

    @Test
    void whatMoreIsDoneWhileItIsWrittenIsNotLostEither() throws SQLException {
        UUID id = sessions.open();
        lapse.clock().putForward(QUIET);
        sessions.use(id);
        try (Strands strands = lapse.strands()) {
            Strand turn = strands.of("the writer", this::writersTurn).goOnTo(Place.BEFORE_COMMIT);
            lapse.clock().putForward(QUIET);
            Instant used = sessions.use(id);
            turn.finish();

            writersTurn();

            assertThat(sessions.written(id)).isEqualTo(used);
        }
    }

    @Test
    void theEndWritesTheLastUseAndTheSessionDoesNotComeBack() {
        UUID id = sessions.open();
        lapse.clock().putForward(QUIET);
        Instant used = sessions.use(id);
        lapse.get(Sessions.class).end(id, EndReason.SIGNED_OUT);

        writersTurn();

        assertThat(writer.backlog()).isZero();
        assertThat(sessions.written(id)).isEqualTo(used);
        assertThat(lapse.get(Sessions.class).find(id)).map(Session::state).contains(SessionState.ENDED);
    }

    @Test
    void killsOneAfterTheOtherDoNotCarryAnUnusedSessionAlong() {
        UUID id = sessions.open();
        Instant deadline = sessions.written(id).plus(TOLERANCE).plus(TIMEOUT);
        for (int i = 0; i < 3; i++) {
            lapse.clock().putForward(Duration.ofSeconds(20));
            NextServer next = NextServer.start(lapse);
            next.writer().writeBacklog(() -> {});
            assertThat(next.deadline(id)).isEqualTo(deadline);
        }
    }

    @Test
    void theFirstUseAfterARestartSurvivesTheNextKill() {
        UUID id = sessions.open();
        lapse.clock().putForward(TOLERANCE.plusMillis(1));
        NextServer next = NextServer.start(lapse);
        lapse.clock().putForward(Duration.ofMillis(1));
        Instant used = sessions.use(next.uses(), next.session(id));

        next.writer().writeBacklog(() -> {});

        lapse.clock().putForward(TIMEOUT.minusMillis(1));
        assertThat(NextServer.start(lapse).deadline(id)).isAfterOrEqualTo(used.plus(TIMEOUT));
    }

    @Test
    void anOrderlyStopKeepsEachUseExactly() {
        UUID id = sessions.open();
        lapse.clock().putForward(Duration.ofSeconds(1));
        Instant used = sessions.use(id);

        writer.writeAll();
        lapse.get(ThisNode.class).leave();

        lapse.clock().putForward(Duration.ofSeconds(20));
        assertThat(NextServer.start(lapse).deadline(id)).isEqualTo(used.plus(TIMEOUT));
    }
}
