package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.sessions.session.NextServer.TIMEOUT;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strand.Place;
import org.lapse.middle.Strands;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;

/** What a kill takes of activity where a use is answered when it is committed: nothing. */
@OnBothDatabases(configuration = "lapse.activity.durability=strict")
class StrictActivityTest {
    private static final Duration TOLERANCE = Duration.ofSeconds(15);
    private static final Duration QUIET = Duration.ofMillis(60_200);
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int USERS = 8;

    private final LapseInJavaSE lapse;
    private final UsedSessions sessions;
    private final ActivityWriter writer;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    StrictActivityTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.sessions = new UsedSessions(lapse);
        this.writer = lapse.get(ActivityWriter.class);
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
        writersTurn();
    }

    private void writersTurn() {
        writer.writeBacklog(() -> {});
    }

    private CompletableFuture<Instant> useAside(UUID id) {
        return CompletableFuture.supplyAsync(() -> sessions.use(id), threads);
    }

    private List<UUID> open(int count) {
        return Stream.generate(sessions::open).limit(count).toList();
    }

    /** Whenever the server is killed, anybody who was answered before is known to have been there. */
    @Test
    void whoeverWasAnsweredSurvivesAKill() {
        List<UUID> ids = open(USERS);
        Map<UUID, Instant> answered = new ConcurrentHashMap<>();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        CompletableFuture<?> writing = CompletableFuture.runAsync(
                () -> {
                    while (goesOn.get()) {
                        writersTurn();
                    }
                },
                threads);
        for (int round = 0; round < 5; round++) {
            lapse.clock().putForward(QUIET);
            List<CompletableFuture<Void>> users = ids.stream()
                    .map(id -> useAside(id).thenAccept(used -> answered.put(id, used)))
                    .toList();
            boolean all = false;
            while (!all) {
                all = users.stream().allMatch(CompletableFuture::isDone);
                Map<UUID, Instant> before = Map.copyOf(answered);
                NextServer next = NextServer.start(lapse);
                before.forEach((id, used) -> assertThat(next.session(id).lastActivity())
                        .isBetween(used, used.plus(QUIET).plus(TOLERANCE)));
            }
            users.forEach(CompletableFuture::join);
            assertThat(answered).hasSize(USERS);
        }
        goesOn.set(false);
        writing.join();
        assertThat(writer.answeredUnwritten()).isZero();
    }

    @Test
    void allWhoWaitAreAnsweredByOneCommitAndNobodyBefore() throws SQLException {
        List<UUID> ids = open(USERS);
        lapse.clock().putForward(QUIET);
        long unwritten = writer.answeredUnwritten();
        List<CompletableFuture<Instant>> users =
                ids.stream().map(this::useAside).toList();
        await().atMost(PATIENCE).until(() -> writer.backlog() == USERS);
        try (Strands strands = lapse.strands()) {
            Strand turn = strands.of("the writer", this::writersTurn).goOnTo(Place.BEFORE_COMMIT);
            assertThat(users).noneMatch(CompletableFuture::isDone);

            assertThat(turn.goOn()).isEqualTo(Place.AFTER_COMMIT);
            assertThat(turn.goOn()).as("a second transaction").isEqualTo(Place.END);
        }

        users.forEach(CompletableFuture::join);
        assertThat(writer.answeredUnwritten()).isEqualTo(unwritten);
        NextServer next = NextServer.start(lapse);
        for (int i = 0; i < USERS; i++) {
            assertThat(next.deadline(ids.get(i)))
                    .isAfterOrEqualTo(users.get(i).join().plus(TIMEOUT));
        }
    }

    @Test
    void aUseThatSurvivesUnwrittenDoesNotWait() {
        UUID id = sessions.open();
        lapse.clock().putForward(TOLERANCE.minusSeconds(1));

        assertThat(useAside(id)).succeedsWithin(AT_ONCE);
        assertThat(writer.backlog()).isOne();
    }

    @Test
    void theFirstUseAfterARestartWaitsToo() {
        UUID id = sessions.open();
        lapse.clock().putForward(TOLERANCE.plusMillis(1));
        NextServer next = NextServer.start(lapse);
        lapse.clock().putForward(Duration.ofMillis(1));
        CompletableFuture<Instant> use =
                CompletableFuture.supplyAsync(() -> sessions.use(next.uses(), next.session(id)), threads);
        await().atMost(PATIENCE).until(() -> next.writer().backlog() == 1);
        assertThat(use).isNotDone();

        next.writer().writeBacklog(() -> {});

        Instant used = use.join();
        assertThat(sessions.written(id)).isEqualTo(used);
    }

    @Test
    void nobodyWaitsLongerThanTheBoundAndNobodyAtAllUntilTheDatabaseCommitsAgain() {
        List<UUID> ids = open(3);
        lapse.clock().putForward(QUIET);
        long unwritten = writer.answeredUnwritten();

        CompletableFuture<Instant> first = useAside(ids.get(0));
        assertThat(first).succeedsWithin(BOUND.plus(AT_ONCE));
        assertThat(useAside(ids.get(1))).as("while the database hangs").succeedsWithin(AT_ONCE);

        assertThat(writer.answeredUnwritten()).isEqualTo(unwritten + 2);
        LiveSession<SessionPrincipal> used =
                lapse.get(Admission.class).find(ids.get(0)).orElseThrow();
        assertThat(used.lastActivity()).isEqualTo(first.join());
        assertThat(used.status(lapse.clock().now())).isEqualTo(SessionStatus.ACTIVE);

        writersTurn();
        CompletableFuture<Instant> third = useAside(ids.get(2));
        await().atMost(PATIENCE).until(() -> writer.backlog() == 1);
        assertThat(third).isNotDone();
        writersTurn();
        third.join();
        assertThat(writer.answeredUnwritten()).isEqualTo(unwritten + 2);
    }
}
