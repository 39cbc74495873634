package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lapse.it.AnswerAssert.assertThat;
import static org.lapse.it.Quiet.beQuietFor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What an empty database gets at the first start, that nothing is lost, neither by an orderly stop nor by a {@code kill
 * -9}, and that what is old is forgotten.
 */
@OnServer
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestartIT {
    /** {@code lapse.activity.write-tolerance} of the server. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** How long after a use that is worth writing it is certainly written, on a machine that is busy. */
    private static final Duration WRITTEN_WITHIN = Duration.ofMillis(200);

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration AUDIT_KEPT = Duration.ofHours(12);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TIMEOUT = "/api/v2/tokens/timeout";
    private static final Pattern TOLD = Pattern.compile("user name: (\\S+)\\s+password:\\s+(\\S+)");
    private static final String NEW_PASSWORD = "a horse that nobody has seen yet";
    private static final String NAME = "restart";
    private static final String STRICT = "strict";

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static ServerProcess server;

    private final LapseSystem lapse = server.lapse();
    private final Administrator administrator = lapse.administrator();

    @BeforeAll
    static void createServer() throws IOException {
        server = ServerProcess.named(NAME);
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    private static void start(boolean demonstration) throws IOException {
        start(demonstration, "relaxed");
    }

    private static void start(boolean demonstration, String durability) throws IOException {
        server.start(Map.of(
                "LAPSE_DEMO", String.valueOf(demonstration),
                "LAPSE_ACTIVITY_DURABILITY", durability,
                "LAPSE_TIMEOUT_MINIMUM", SHORT.toString(),
                "LAPSE_ACTIVITY_WRITE_TOLERANCE", TOLERANCE.toString(),
                "LAPSE_GATE_TRUSTED_PROXIES", "192.0.2.0/24",
                "LAPSE_SESSION_KEPT", "PT1H",
                "LAPSE_AUDIT_KEPT", AUDIT_KEPT.toString()));
        server.awaitReady();
    }

    @Test
    @Order(1)
    void firstStartMakesOneAdministratorWhoChoosesAPasswordAndAnOrderlyStopKeepsActivityExactly() throws Exception {
        start(false);
        TokenHolder first = firstAdministrator();
        first.get("/api/v2/audits").expect(200);
        assertThat(new Answer(lapse.get("/demo/clock"))).hasStatus(404);
        assertThat(first.atTheGate("/reports").expect(401).header("WWW-Authenticate"))
                .as("the gate answers those alone whom the configuration trusts")
                .hasValueSatisfying(cause -> assertThat(cause).contains("access_denied"));
        assertThat(lapse.postAsService("/oauth/token", Form.of("grant_type", "client_credentials")))
                .isOAuthError(401, "invalid_client");
        first.put(TIMEOUT, enabled(LONG)).expect(200);
        first.beat().expect(200);
        Channel channel = Channel.openedBy(first);
        String presence = "v2.users." + first.userId() + ".presence";
        channel.subscribe(first, presence);
        Listener listener = channel.connect();
        Instant deadline = first.deadline();

        server.stop();
        await().atMost(PATIENCE).until(() -> !listener.isOpen());
        start(true);

        assertThat(first.deadline()).isEqualTo(deadline);
        Listener again = channel.connect();
        Presences.choose(first, "Meal").expect(200);
        Presences.choose(first, "Break").expect(200);
        again.first(presence);
        assertThat(ownersFile("first-administrator.txt")).exists();
        first.use().expect(200);
        organizationsDoNotSeeEachOther(first);
    }

    private static String enabled(Duration timeout) {
        return "{\"enableIdleTokenTimeout\":true,\"idleTokenTimeoutSeconds\":" + timeout.toSeconds() + "}";
    }

    /** Signs in with the password of the file, which the page wants changed before there is any code. */
    private TokenHolder firstAdministrator() throws IOException {
        MatchResult told = TOLD.matcher(Files.readString(ownersFile("first-administrator.txt")))
                .results()
                .findFirst()
                .orElseThrow();
        String password = told.group(2);
        assertThat(Files.readString(Path.of(NAME, "output.log"))).doesNotContain(password);
        if (ServerProcess.hasFileDatabase()) {
            assertThat(ownersFile("lapse.mv.db")).exists();
        }
        DemoDesk console = DemoDesk.asConsole(lapse);
        Answer page = console.authorize().expect(200);
        Answer asked = console.fillIn(page, told.group(1), password).expect(200);
        assertThat(asked.body()).contains("name=\"new_password\"");
        return console.setUpAnApp(console.fillInNewPassword(asked, told.group(1), password, NEW_PASSWORD));
    }

    /** A file in the data directory of either server, which its owner alone can read. */
    private static Path ownersFile(String name) throws IOException {
        Path found = Stream.of("data", "base/data")
                .map(directory -> Path.of(NAME, directory, name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(found)))
                .isEqualTo("rw-------");
        return found;
    }

    private void organizationsDoNotSeeEachOther(TokenHolder stranger) {
        TokenHolder alice = lapse.signIn("alice@demo.example");

        assertThat(lapse.service().delete("/api/v2/tokens/" + stranger.userId()))
                .isRefused(404, "not.found");
        assertThat(stranger.delete("/api/v2/tokens/" + alice.userId())).isRefused(404, "not.found");
        assertThat(stranger.get("/api/v2/applications/demo-desk")).isRefused(404, "not.found");
        assertThat(administrator.auditsOf(stranger.sessionId())).isEmpty();
        assertThat(lapse.postAsService("/oauth/introspect", Form.of("token", stranger.accessToken()))
                        .json()
                        .required("active")
                        .asBoolean())
                .isFalse();
        stranger.use().expect(200);
        alice.use().expect(200);
    }

    @Test
    @Order(2)
    void afterAKillDuringTrafficTheLiveLiveOnAndTheEndedStayEnded() throws Exception {
        administrator.setTimeout(LONG);
        List<TokenHolder> ended = ended();
        TokenHolder locked = locked();
        TokenHolder quiet = lapse.service();
        Instant quietDeadline = quiet.deadline();
        List<Traffic> traffic = IntStream.range(0, 8)
                .mapToObj(i -> new Traffic(lapse.service()))
                .toList();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        List<Thread> callers = traffic.stream().map(one -> one.start(goesOn)).toList();
        TokenHolder comingBack = lapse.service();
        beQuietFor(TOLERANCE.multipliedBy(2));
        Instant cameBack = Instant.now();
        comingBack.use().expect(200);
        TokenHolder passing = serviceOfDemoTwo();
        passing.put(TIMEOUT, enabled(SHORT)).expect(200);

        beQuietFor(WRITTEN_WITHIN);
        server.kill9();
        goesOn.set(false);
        for (Thread caller : callers) {
            caller.join();
        }
        start(true, STRICT); // which makes no difference to what was written before, and the next test needs it

        for (Traffic one : traffic) {
            assertThat(one.calls).isPositive();
            assertThat(one.holder.deadline())
                    .isBetween(
                            one.lastCallBegan.plus(LONG),
                            one.lastCallEnded.plus(LONG).plus(TOLERANCE));
            one.holder.use().expect(200);
        }
        assertThat(quiet.deadline()).isBetween(quietDeadline, quietDeadline.plus(TOLERANCE));
        assertThat(comingBack.deadline())
                .as("the first use after a quiet time, a moment before the kill")
                .isAfterOrEqualTo(cameBack.plus(LONG));
        for (TokenHolder one : ended) {
            assertThat(one.use()).isRefused(401, "bad.credentials");
            assertThat(administrator.endsOf(one)).hasSize(1);
        }
        assertThat(locked.use()).isRefused(401, "insufficient_user_authentication");
        locked.post("/api/v2/relogin", "{\"password\":\"" + DemoDesk.PASSWORD + "\"}")
                .expect(200);
        locked.use().expect(200);
        whoseDeadlinePassedWhileTheServerWasDownIsEnded(passing);
    }

    private void whoseDeadlinePassedWhileTheServerWasDownIsEnded(TokenHolder passing) {
        assertThat(passing.use()).isRefused(401, "bad.credentials");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(serviceOfDemoTwo()
                        .get("/api/v2/audits?action=session.end&entityId=" + passing.sessionId())
                        .json()
                        .required("entities")
                        .findValuesAsText("reason"))
                .contains("INACTIVITY"));
    }

    private TokenHolder serviceOfDemoTwo() {
        return new TokenHolder(
                lapse,
                Tokens.of(lapse.postAs(
                        "demo-two-service",
                        "demo-two-secret",
                        "/oauth/token",
                        Form.of("grant_type", "client_credentials"))));
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
        await().atMost(PATIENCE).until(() -> administrator.endsOf(lapsed).size() == 1);
        ended.add(lapsed);
        administrator.setTimeout(LONG);
        return ended;
    }

    /** A session that waits for its user. */
    private TokenHolder locked() {
        administrator.setDeskOption("on-inactivity", "lock");
        TokenHolder alice = lapse.signIn("alice@demo.example");
        administrator.setTimeout(SHORT);
        await().atMost(PATIENCE).until(() -> administrator.auditsOf(alice.sessionId()).stream()
                .anyMatch(row -> row.required("action").asText().equals("session.lock")));
        administrator.setTimeout(LONG);
        return alice;
    }

    @Test
    @Order(3)
    void whereActivityIsStrictWhoeverWasAnsweredBeforeAKillLivesOnAsLongAsTheyWereTold() throws Exception {
        List<TokenHolder> comingBack =
                IntStream.range(0, 8).mapToObj(i -> lapse.service()).toList();
        beQuietFor(TOLERANCE.multipliedBy(2));
        List<Instant> answered = new CopyOnWriteArrayList<>();
        CountDownLatch half = new CountDownLatch(comingBack.size() / 2);
        Thread callers = new Thread(() -> {
            for (TokenHolder one : comingBack) {
                Instant began = Instant.now();
                try {
                    one.use().expect(200);
                } catch (UncheckedIOException gone) {
                    return;
                }
                answered.add(began);
                half.countDown();
            }
        });
        callers.start();
        assertThat(half.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        server.kill9();
        callers.join();
        start(true);

        for (int i = 0; i < answered.size(); i++) {
            assertThat(comingBack.get(i).deadline())
                    .isAfterOrEqualTo(answered.get(i).plus(LONG));
        }
    }

    @Test
    @Order(4)
    void whatIsOldIsForgottenAndNothingElse() throws IOException {
        TokenHolder ended = lapse.service();
        ended.delete("/api/v2/tokens/me").expect(200);
        assertThat(administrator.endsOf(ended)).hasSize(1);

        lapse.letPass(AUDIT_KEPT);

        await().atMost(PATIENCE)
                .until(() -> administrator.auditsOf(ended.sessionId()).isEmpty());
        assertThat(administrator.auditsOf(lapse.service().sessionId())).hasSize(1);
        assertThat(Files.readString(Path.of(NAME, "output.log"))).doesNotContain("Could not forget");
    }

    @Test
    @Order(5)
    void anEmbeddedDatabaseWhoseDiskIsFullComesBackByItselfWhenThereIsRoom() throws Exception {
        assumeTrue(LapseSystem.property("lapse.it.database").equals("h2"), "PostgreSQL has a disk of its own");
        TokenHolder service = lapse.service();

        server.letFilesGrowTo("8192");
        for (int i = 0; i < 3; i++) {
            assertThat(lapse.postAsService("/oauth/token", Form.of("grant_type", "client_credentials")))
                    .isOAuthError(503, "temporarily_unavailable");
            assertThat(new Answer(lapse.get("/health/ready"))).hasStatus(503);
            service.beat().expect(200);
        }
        assertThat(new Answer(lapse.get("/health/live"))).hasStatus(200);
        server.letFilesGrowTo("unlimited");

        await().atMost(PATIENCE).until(() -> lapse.get("/health/ready").statusCode() == 200);
        lapse.service().use().expect(200);
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
