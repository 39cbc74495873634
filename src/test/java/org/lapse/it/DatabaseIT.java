package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What others do to the database: they write into it, and they take it away. What needs it then says so, what does not
 * need it goes on, and nothing is lost.
 */
@OnServer
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "database";
    private static final String HEARTBEAT = "/api/v2/tokens/me/activity";

    /** What may come together in one request: a connection is found to hang, a new one is not made. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @SuppressWarnings("NullAway.Init") // begins before all tests
    private static Path data;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static ServerProcess server;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static EmbeddedPostgres postgres;

    private static int port;

    private final LapseSystem lapse = server.lapse();
    private final Administrator administrator = lapse.administrator();

    @BeforeAll
    static void begin() throws IOException {
        data = Path.of("own-postgresql").toAbsolutePath();
        Directories.empty(data);
        port = ServerProcess.freePort();
        server = ServerProcess.named(NAME);
        startPostgres();
        startServer();
    }

    private static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    private static void startServer() throws IOException {
        server.start(Map.of(
                "LAPSE_DEMO", "true",
                "LAPSE_GATE_COOKIE", "desk",
                "LAPSE_GATE_HEADER_PREFIX", "Desk-",
                "LAPSE_DB_DRIVER", "org.postgresql.Driver",
                "LAPSE_DB_URL", "jdbc:postgresql://localhost:" + port + "/postgres",
                "LAPSE_DB_USER", "postgres",
                "LAPSE_DB_PASSWORD", "postgres"));
        server.awaitReady();
    }

    @AfterAll
    static void end() throws IOException {
        server.close();
        postgres.close();
    }

    /** Changes rows as another node does, or somebody by hand. */
    private static void write(String sql, Object... values) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    private static UUID id(TokenHolder holder) {
        return UUID.fromString(holder.sessionId());
    }

    @Test
    @Order(1)
    void whatAnotherNodeHasMadeOfASessionHolds() throws SQLException {
        administrator.setTimeout(TIMEOUT);
        TokenHolder ended = lapse.service();
        TokenHolder locked = lapse.signIn("alice@demo.example");
        TokenHolder used = lapse.service();
        TokenHolder held = lapse.service();
        write("update session set state = 'ENDED', end_reason = 'SIGNED_OUT' where id = ?", id(ended));
        write("update session set state = 'LOCKED', locked_at = last_activity_at where id = ?", id(locked));
        write("update session set last_activity_at = last_activity_at + interval '50 s' where id = ?", id(used));
        write("update session set held_until = last_activity_at + interval '50 s' where id = ?", id(held));

        lapse.letPass(TIMEOUT);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(used.use()).hasStatus(200);
            assertThat(held.use()).hasStatus(200);
            assertThat(locked.use()).isRefused(401, "insufficient_user_authentication");
        });
        assertThat(ended.use()).isRefused(401, "bad.credentials");
        assertThat(Stream.of(ended, locked, used, held)
                        .flatMap(holder -> administrator.auditsOf(holder.sessionId()).stream())
                        .map(audit -> audit.required("action").asText()))
                .as("what this node has not done it has not recorded")
                .containsOnly("session.open");
        locked.post("/api/v2/relogin", "{\"password\":\"" + DemoDesk.PASSWORD + "\"}")
                .expect(200);
    }

    @Test
    @Order(2)
    void whatNeedsTheDatabaseSaysThatItIsOutOfReachAndGoesOnAfterItsReturn() throws IOException, SQLException {
        administrator.setTimeout(Duration.ofMinutes(5));
        TokenHolder service = lapse.service();
        TokenHolder lapsing = lapse.signIn("alice@demo.example");
        administrator.setTimeout(TIMEOUT);
        service.use().expect(200);
        // finer than the ledger counts: the sessions end all the same
        write("update session set last_activity_at = last_activity_at + interval '400 microseconds'");

        postgres.close();
        whileTheDatabaseIsGone(service, lapsing);
        startPostgres();
        afterItsReturn(service, lapsing);
    }

    private void whileTheDatabaseIsGone(TokenHolder service, TokenHolder lapsing) {
        // the heartbeat needs no database: an active token is still honoured, again and again
        service.beat().expect(200);
        theGateNeedsNoDatabase(service);
        assertThat(service.get("/api/v2/audits")).isRefused(503, "service.unavailable");
        service.beat().expect(200);
        assertThat(service.get("/api/v2/tokens/me")).isRefused(503, "service.unavailable");
        service.beat().expect(200);
        assertThat(service.put("/api/v2/tokens/timeout", "{\"idleTokenTimeoutSeconds\":300}"))
                .isRefused(503, "service.unavailable");
        service.beat().expect(200);
        assertThat(lapse.postAsService("/oauth/token", Form.of("grant_type", "client_credentials")))
                .isOAuthError(503, "temporarily_unavailable");
        // The sign-in page needs no database where its client is in memory; who sends it is told.
        assertThat(new DemoDesk(lapse, new Browser(lapse)).authorize()).hasStatus(200);
        browsersAreShownAPage();
        assertThat(new Answer(lapse.get("/oauth/jwks"))).hasStatus(200);
        service.beat().expect(200);
        assertThat(new Answer(lapse.get("/health/ready"))).hasStatus(503);
        assertThat(new Answer(lapse.get("/health/live"))).hasStatus(200);
        // correctness does not depend on the sweep: the deadline holds although nothing can be written
        lapse.letPass(TIMEOUT.dividedBy(2));
        service.beat().expect(200);
        lapse.letPass(TIMEOUT.dividedBy(2));
        service.beat().expect(200);
        assertThat(lapsing.beat()).isRefused(401, "bad.credentials");
        assertThat(lapsing.atTheGate("/reports")).hasStatus(401);
    }

    /** At the address that was asked for, so that loading it again repeats the request; whatever the browser accepts. */
    private void browsersAreShownAPage() {
        for (String address : List.of(
                "/oauth/authorize?client_id=" + UUID.randomUUID(),
                "/relogin?session=" + UUID.randomUUID(),
                "/logout")) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(lapse.url(address)).header("Cookie", "lapse_sign_in=" + "x".repeat(43));
            Answer english = lapse.answerTo(request.copy().build());
            assertThat(english).as(address).hasStatus(503);
            assertThat(english.header("Retry-After")).as(address).isPresent();
            assertThat(english.header("Content-Type")).as(address).hasValueSatisfying(type -> assertThat(type)
                    .startsWith("text/html"));
            assertThat(english.body()).as(address).contains("Try again in a moment");
            Answer german = lapse.answerTo(request.copy()
                    .header("Accept-Language", "de-DE,de;q=0.9,en;q=0.5")
                    .build());
            assertThat(german).as(address).hasStatus(503);
            assertThat(german.body()).as(address).contains("lang=\"de\"", "Laden Sie diese Seite");
        }
    }

    /** Were there one call of the database on the way of whatever kind of proxy asks, it would fail here. */
    private void theGateNeedsNoDatabase(TokenHolder service) {
        Instant before = service.deadline();
        String bearer = "Bearer " + service.accessToken();
        for (GateIT.Dialect dialect : GateIT.Dialect.values()) {
            for (String method : List.of("GET", "POST")) {
                HttpRequest.Builder question = dialect.ask(lapse, method, "/reports/7?page=2");
                Answer pass =
                        lapse.answerTo(question.header("Authorization", bearer).build());
                assertThat(pass).as(dialect + " " + method).hasStatus(200);
                assertThat(pass.header("Desk-Session")).contains(service.sessionId());
                assertThat(pass.header("X-Lapse-Session")).isEmpty();
                HttpRequest.Builder nobodys = dialect.ask(lapse, method, "/reports/7");
                assertThat(lapse.answerTo(
                                nobodys.header("Authorization", bearer + "x").build()))
                        .as(dialect + " " + method)
                        .hasStatus(401);
            }
        }
        HttpRequest.Builder byCookie =
                GateIT.Dialect.NGINX.ask(lapse, "GET", "/reports").header("Cookie", "desk=" + service.accessToken());
        assertThat(lapse.answerTo(byCookie.build())).hasStatus(200);
        assertThat(lapse.answerTo(byCookie.header("Authorization", bearer).build()))
                .hasStatus(401);
        assertThat(lapse.answerTo(
                        GateIT.Dialect.NGINX.ask(lapse, "GET", "/reports").build()))
                .hasStatus(401);
        assertThat(service.deadline()).isAfter(before);
    }

    private void afterItsReturn(TokenHolder service, TokenHolder lapsing) {
        await().atMost(PATIENCE).until(() -> {
            service.beat().expect(200);
            return lapse.get("/health/ready").statusCode() == 200;
        });
        service.use().expect(200);
        assertThat(lapsing.beat()).isRefused(401, "bad.credentials");
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> administrator.endsOf(lapsing).size() == 1);
        assertThat(reasonOfEnd(lapsing)).isEqualTo("INACTIVITY");
        lapse.signIn("bob@demo.example").use().expect(200);
    }

    /** As many as the server answers at a time, and more than may wait for the database. */
    private static final int MANY = 230;

    /** Less than the pool's two seconds, which is the shortest wait for a database that hangs. */
    private static final Duration AT_ONCE = Duration.ofMillis(1900);

    @Test
    @Order(3)
    void aDatabaseThatHangsHoldsUpNobodyWhoDoesNotNeedIt() throws IOException {
        TokenHolder service = lapse.service();
        lapse.postAsService("/oauth/introspect", Form.of("token", service.accessToken()))
                .expect(200);
        service.get("/api/v2/users").expect(200);
        double refusedBefore = lapse.metric("lapse_database_calls_refused_total");
        Map<String, String> fromAPage =
                Map.of("Origin", lapse.url().getScheme() + "://" + lapse.url().getAuthority());
        service.call("POST", HEARTBEAT, null, fromAPage).expect(200);

        List<CompletableFuture<Answer>> waiting;
        try (HangingPostgres hanging = HangingPostgres.in(data)) {
            Instant begun = Instant.now();
            waiting = Stream.generate(() -> lapse.answerLater(service.request("GET", "/api/v2/users")))
                    .limit(MANY)
                    .toList();
            await().atMost(PATIENCE).until(() -> waiting.stream().anyMatch(CompletableFuture::isDone));

            assertThat(within(AT_ONCE, () -> service.atTheGate("/reports"))).hasStatus(200);
            assertThat(within(AT_ONCE, () -> service.call("POST", HEARTBEAT, null, fromAPage)))
                    .hasStatus(200);
            assertThat(within(
                            AT_ONCE,
                            () -> lapse.postAsService("/oauth/introspect", Form.of("token", service.accessToken()))))
                    .hasStatus(200);
            assertThat(within(AT_ONCE, () -> lapse.holderOf("nobody's").get("/api/v2/users")))
                    .isRefused(401, "bad.credentials");
            assertThat(within(AT_ONCE, () -> new Answer(lapse.get("/health/live"))))
                    .hasStatus(200);
            assertThat(within(LONGEST, () -> new Answer(lapse.get("/oauth/jwks"))))
                    .hasStatus(200);
            Answer ready = within(Duration.ofSeconds(2), () -> new Answer(lapse.get("/health/ready")));
            assertThat(ready).hasStatus(503);
            assertThat(statusOfCheck(ready, "database")).isEqualTo("DOWN");
            assertThat(statusOfCheck(ready, "timers")).isEqualTo("UP");
            assertThat(waiting).allSatisfy(one -> {
                Answer answer = one.join();
                assertThat(answer).isRefused(503, "service.unavailable");
                assertThat(answer.header("Retry-After")).isPresent();
            });
            assertThat(Duration.between(begun, Instant.now())).isLessThan(LONGEST);
        }

        assertThat(lapse.metric("lapse_database_calls_refused_total")).isGreaterThan(refusedBefore);
        assertThat(lapse.metric("lapse_database_calls")).isZero();
        await().atMost(PATIENCE).until(() -> lapse.get("/health/ready").statusCode() == 200);
        service.get("/api/v2/users").expect(200);
        service.use().expect(200);
    }

    @Test
    @Order(4)
    void whoeverFindsNoPlaceAtTheDatabaseIsToldSoInTheirOwnWords() throws IOException {
        TokenHolder service = lapse.service();
        try (HangingPostgres hanging = HangingPostgres.in(data)) {
            List<CompletableFuture<Answer>> waiting = Stream.generate(
                            () -> lapse.answerLater(service.request("GET", "/api/v2/users")))
                    .limit(MANY)
                    .toList();
            await().atMost(PATIENCE).until(() -> waiting.stream().anyMatch(CompletableFuture::isDone));

            Answer token = within(
                    AT_ONCE, () -> lapse.postAsService("/oauth/token", Form.of("grant_type", "client_credentials")));
            assertThat(token).isOAuthError(503, "temporarily_unavailable");
            assertThat(token.header("Retry-After")).isPresent();
            // A client that is in memory would be answered without the database.
            HttpRequest page = HttpRequest.newBuilder(lapse.url("/oauth/authorize?client_id=" + UUID.randomUUID()))
                    .header("Accept", "text/html")
                    .build();
            Answer shown = within(AT_ONCE, () -> lapse.answerTo(page));
            assertThat(shown).hasStatus(503);
            assertThat(shown.header("Retry-After")).isPresent();
            assertThat(shown.body()).contains("Try again in a moment");
            assertThat(within(AT_ONCE, () -> new Answer(lapse.get("/gax/api/user/info"))))
                    .isRefused(503, "service.unavailable");
            CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).join();
        }
        await().atMost(PATIENCE).until(() -> lapse.get("/health/ready").statusCode() == 200);
    }

    @Test
    @Order(5)
    void aStatementThatTakesTooLongIsGivenUp() throws SQLException {
        TokenHolder service = lapse.service();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table user_account in access exclusive mode");

            assertThat(within(LONGEST, () -> service.get("/api/v2/users"))).isRefused(503, "service.unavailable");
            assertThat(new Answer(lapse.get("/health/ready")))
                    .as("nobody else is held up")
                    .hasStatus(200);
            connection.rollback();
        }
        service.get("/api/v2/users").expect(200);
    }

    private static Answer within(Duration limit, Supplier<Answer> call) {
        Instant begun = Instant.now();
        Answer answer = call.get();
        assertThat(Duration.between(begun, Instant.now())).as(answer.toString()).isLessThan(limit);
        return answer;
    }

    private static String statusOfCheck(Answer health, String name) {
        for (JsonNode check : health.json().required("checks")) {
            if (check.required("name").asText().equals(name)) {
                return check.required("status").asText();
            }
        }
        throw new AssertionError("No check " + name + ": " + health.body());
    }

    @Test
    @Order(6)
    void whoseHoldersWereDisabledWhileTheServerWasDownAreEndedAtItsStart() throws Exception {
        JsonNode client = administrator.createClient();
        String id = client.required("id").asText();
        TokenHolder application = new TokenHolder(
                lapse,
                Tokens.of(lapse.postAs(
                        id,
                        client.required("secret").asText(),
                        "/oauth/token",
                        Form.of("grant_type", "client_credentials"))));
        TokenHolder user = lapse.signIn("bob@demo.example");
        TokenHolder other = lapse.signIn("alice@demo.example");

        server.stop();
        write("update application set state = 'DISABLED' where id = ?", id);
        write("update user_account set enabled = false where username = ?", "bob@demo.example");
        startServer();

        assertThat(reasonOfEnd(application)).isEqualTo("APPLICATION_DISABLED");
        assertThat(reasonOfEnd(user)).isEqualTo("USER_DISABLED");
        assertThat(application.use()).isRefused(401, "bad.credentials");
        assertThat(user.use()).isRefused(401, "bad.credentials");
        other.use().expect(200);
    }

    private String reasonOfEnd(TokenHolder holder) {
        List<JsonNode> ends = administrator.endsOf(holder);
        assertThat(ends).hasSize(1);
        return ends.get(0).required("reason").asText();
    }
}
