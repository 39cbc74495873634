package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The database goes away for a while: what needs it says so, what does not need it goes on, and nothing is lost. */
@OnServer
class DatabaseLostIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whatNeedsTheDatabaseSaysThatItIsOutOfReachAndGoesOnAfterItsReturn() throws Exception {
        int port = ServerProcess.freePort();
        Path data = Path.of("lost-database").toAbsolutePath();
        Directories.empty(data);
        try (ServerProcess server = ServerProcess.named("lost")) {
            EmbeddedPostgres postgres = postgres(data, port);
            TokenHolder service;
            TokenHolder lapsing;
            try {
                server.start(Map.of(
                        "LAPSE_DEMO", "true",
                        "LAPSE_GATE_COOKIE", "desk",
                        "LAPSE_GATE_HEADER_PREFIX", "Desk-",
                        "LAPSE_DB_DRIVER", "org.postgresql.Driver",
                        "LAPSE_DB_URL", "jdbc:postgresql://localhost:" + port + "/postgres",
                        "LAPSE_DB_USER", "postgres",
                        "LAPSE_DB_PASSWORD", "postgres"));
                server.awaitReady();
                server.lapse().administrator().setTimeout(Duration.ofMinutes(5));
                service = server.lapse().service();
                lapsing = server.lapse().signIn("alice@demo.example");
                server.lapse().administrator().setTimeout(TIMEOUT);
                service.use().expect(200);
                somebodyWritesFinerThanTheLedgerCounts(postgres);
            } finally {
                postgres.close();
            }

            whileTheDatabaseIsGone(server.lapse(), service, lapsing);
            try (EmbeddedPostgres again = postgres(data, port)) {
                afterItsReturn(server.lapse(), service, lapsing);
                server.stop();
            }
        }
    }

    /** By hand, say: the sessions end all the same. */
    private static void somebodyWritesFinerThanTheLedgerCounts(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            int changed = statement.executeUpdate(
                    "update session set last_activity_at = last_activity_at + interval '400 microseconds'");
            assertThat(changed).isPositive();
        }
    }

    private static void whileTheDatabaseIsGone(LapseSystem lapse, TokenHolder service, TokenHolder lapsing) {
        // the heartbeat needs no database: an active token is still honoured, again and again
        service.beat().expect(200);
        theGateNeedsNoDatabase(lapse, service);
        assertThat(service.get("/api/v2/audits")).isRefused(503, "service.unavailable");
        service.beat().expect(200);
        assertThat(service.get("/api/v2/tokens/me")).isRefused(503, "service.unavailable");
        service.beat().expect(200);
        assertThat(service.put("/api/v2/tokens/timeout", "{\"idleTokenTimeoutSeconds\":300}"))
                .isRefused(503, "service.unavailable");
        service.beat().expect(200);
        assertThat(lapse.postAsService("/oauth/token", Form.of("grant_type", "client_credentials")))
                .isOAuthError(503, "temporarily_unavailable");
        assertThat(new DemoDesk(lapse, new Browser(lapse)).authorize()).hasStatus(503);
        service.beat().expect(200);
        assertThat(new Answer(lapse.get("/health/ready"))).hasStatus(503);
        assertThat(new Answer(lapse.get("/health/live"))).hasStatus(200);
        // correctness does not depend on the sweep: the deadline holds although nothing can be written
        lapse.letPass(TIMEOUT.dividedBy(2));
        service.beat().expect(200);
        lapse.letPass(TIMEOUT.dividedBy(2));
        service.beat().expect(200);
        assertThat(lapsing.beat()).isRefused(401, "bad.credentials");
        assertThat(lapsing.get("/gate/envoy/reports")).hasStatus(401);
    }

    /** Were there one call of the database on the way of whatever kind of proxy asks, it would fail here. */
    private static void theGateNeedsNoDatabase(LapseSystem lapse, TokenHolder service) {
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
        HttpRequest.Builder byCookie = HttpRequest.newBuilder(lapse.url("/gate/envoy/reports"))
                .header("Cookie", "desk=" + service.accessToken());
        assertThat(lapse.answerTo(byCookie.build())).hasStatus(200);
        assertThat(lapse.answerTo(byCookie.header("Authorization", bearer).build()))
                .hasStatus(401);
        assertThat(new Answer(lapse.get("/gate/envoy/reports"))).hasStatus(401);
        assertThat(service.deadline()).isAfter(before);
    }

    private static void afterItsReturn(LapseSystem lapse, TokenHolder service, TokenHolder lapsing) {
        await().atMost(PATIENCE).until(() -> {
            service.beat().expect(200);
            return lapse.get("/health/ready").statusCode() == 200;
        });
        service.use().expect(200);
        assertThat(lapsing.beat()).isRefused(401, "bad.credentials");
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> lapse.administrator().endsOf(lapsing).size() == 1);
        assertThat(lapse.administrator()
                        .endsOf(lapsing)
                        .get(0)
                        .required("reason")
                        .asText())
                .isEqualTo("INACTIVITY");
        lapse.signIn("bob@demo.example").use().expect(200);
    }

    private static EmbeddedPostgres postgres(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }
}
