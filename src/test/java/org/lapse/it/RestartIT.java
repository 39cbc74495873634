package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;
import static org.lapse.it.Quiet.beQuietFor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is lost: neither by a {@code kill -9} during traffic, nor by an orderly stop. */
@OnServer
@OncePerServerAndDatabase
class RestartIT {
    /** {@code lapse.activity.write-tolerance} of the server. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LAPSE_DEMO", "true",
            "LAPSE_TIMEOUT_MINIMUM", "PT2S",
            "LAPSE_ACTIVITY_WRITE_TOLERANCE", TOLERANCE.toString());

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static ServerProcess server;

    @SuppressWarnings("NullAway.Init")
    private LapseSystem lapse;

    @SuppressWarnings("NullAway.Init")
    private Administrator administrator;

    @BeforeAll
    static void startServer() throws IOException {
        server = ServerProcess.named("restart");
        server.start(ENVIRONMENT);
        server.awaitReady();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @BeforeEach
    void timeoutIsLong() {
        lapse = server.lapse();
        administrator = lapse.administrator();
        administrator.restore();
        administrator.setTimeout(LONG);
    }

    @Test
    void afterAKillDuringTrafficTheLiveLiveOnAndTheEndedStayEnded() throws Exception {
        List<TokenHolder> ended = ended();
        TokenHolder locked = locked();
        TokenHolder quiet = lapse.service();
        Instant quietDeadline = quiet.deadline();
        List<Traffic> traffic = IntStream.range(0, 8)
                .mapToObj(i -> new Traffic(lapse.service()))
                .toList();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        List<Thread> callers = traffic.stream().map(one -> one.start(goesOn)).toList();
        beQuietFor(TOLERANCE.multipliedBy(2));

        server.kill9();
        goesOn.set(false);
        for (Thread caller : callers) {
            caller.join();
        }
        server.start(ENVIRONMENT);
        server.awaitReady();

        for (Traffic one : traffic) {
            assertThat(one.calls).isPositive();
            assertThat(one.holder.deadline())
                    .isBetween(
                            one.lastCallBegan.plus(LONG),
                            one.lastCallEnded.plus(LONG).plus(TOLERANCE));
            one.holder.use().expect(200);
        }
        assertThat(quiet.deadline()).isBetween(quietDeadline, quietDeadline.plus(TOLERANCE));
        for (TokenHolder one : ended) {
            assertThat(one.use()).isRefused(401, "bad.credentials");
            assertThat(administrator.endsOf(one)).hasSize(1);
        }
        assertThat(locked.use()).isRefused(401, "insufficient_user_authentication");
        locked.post("/api/v2/relogin", "{\"password\":\"" + DemoDesk.PASSWORD + "\"}")
                .expect(200);
        locked.use().expect(200);
    }

    /** Tokens that ended in each way there is. */
    private List<TokenHolder> ended() {
        List<TokenHolder> ended = new ArrayList<>();
        TokenHolder signedOut = lapse.service();
        signedOut.delete("/api/v2/tokens/me").expect(200);
        ended.add(signedOut);
        TokenHolder revoked = lapse.service();
        lapse.postAsService("/oauth/revoke", Form.of("token", revoked.accessToken()))
                .expect(200);
        ended.add(revoked);
        TokenHolder forced = lapse.signIn("bob@demo.example");
        lapse.service().delete("/api/v2/tokens/" + forced.userId()).expect(200);
        ended.add(forced);
        administrator.setTimeout(SHORT);
        TokenHolder lapsed = lapse.service();
        await().atMost(SHORT.plusSeconds(4))
                .until(() -> administrator.endsOf(lapsed).size() == 1);
        ended.add(lapsed);
        administrator.setTimeout(LONG);
        return ended;
    }

    /** A session that waits for its user. */
    private TokenHolder locked() {
        administrator.setDeskOption("on-inactivity", "lock");
        TokenHolder alice = lapse.signIn("alice@demo.example");
        administrator.setTimeout(SHORT);
        await().atMost(SHORT.plusSeconds(4)).until(() -> administrator.auditsOf(alice.sessionId()).stream()
                .anyMatch(row -> row.required("action").asText().equals("session.lock")));
        administrator.setTimeout(LONG);
        return alice;
    }

    @Test
    void whoseDeadlinePassesWhileTheServerIsDownIsEndedAtItsStart() throws Exception {
        TokenHolder service = lapse.service();
        administrator.setTimeout(SHORT);
        service.use().expect(200);

        server.kill9();
        beQuietFor(SHORT.plus(TOLERANCE));
        server.start(ENVIRONMENT);
        server.awaitReady();

        assertThat(service.use()).isRefused(401, "bad.credentials");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> administrator.endsOf(service).size() == 1);
        assertThat(administrator.endsOf(service).get(0).required("reason").asText())
                .isEqualTo("INACTIVITY");
    }

    @Test
    void orderlyStopAndStartKeepActivityExactly() throws Exception {
        TokenHolder service = lapse.service();
        TokenHolder alice = lapse.signIn("alice@demo.example");
        service.use().expect(200);
        alice.beat().expect(200);
        Instant deadlineOfService = service.deadline();
        Instant deadlineOfAlice = alice.deadline();

        server.stop();
        server.start(ENVIRONMENT);
        server.awaitReady();

        assertThat(service.deadline()).isEqualTo(deadlineOfService);
        assertThat(alice.deadline()).isEqualTo(deadlineOfAlice);
        service.use().expect(200);
    }

    /** Somebody who calls again and again until the server is gone. */
    private static final class Traffic {
        private final TokenHolder holder;
        private volatile int calls;
        private volatile Instant lastCallBegan = Instant.EPOCH;
        private volatile Instant lastCallEnded = Instant.EPOCH;

        Traffic(TokenHolder holder) {
            this.holder = holder;
        }

        Thread start(AtomicBoolean goesOn) {
            Thread thread = new Thread(() -> callWhile(goesOn));
            thread.start();
            return thread;
        }

        private void callWhile(AtomicBoolean goesOn) {
            int answered = 0;
            while (goesOn.get()) {
                Instant began = Instant.now();
                try {
                    holder.use().expect(200);
                } catch (UncheckedIOException gone) {
                    lastCallEnded = Instant.now(); // the server may have seen this call
                    return;
                }
                lastCallBegan = began;
                lastCallEnded = Instant.now();
                calls = ++answered;
                beQuietFor(Duration.ofMillis(50));
            }
        }
    }
}
