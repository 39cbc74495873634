package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an empty database gets: one administrator with a generated password, or two organizations to try, but only on loopback. */
@OnServer
@OncePerServerAndDatabase
class FirstStartIT {
    private static final Pattern PASSWORD = Pattern.compile("the administrator is (\\S+) with the password (\\S+)");
    private static final Map<String, String> NO_DEMONSTRATION = Map.of("LAPSE_DEMO", "false");
    private static final Map<String, String> DEMONSTRATION = Map.of("LAPSE_DEMO", "true");
    private static final Map<String, String> DEMONSTRATION_TO_THE_WORLD =
            Map.of("LAPSE_DEMO", "true", "LAPSE_HTTP_ADDRESS", "0.0.0.0");

    @Test
    void firstStartMakesOneAdministratorWhosePasswordIsPrintedOnce() throws Exception {
        try (ServerProcess server = ServerProcess.named("first")) {
            server.start(NO_DEMONSTRATION);
            server.awaitReady();
            List<MatchResult> printed = printedPasswords("first");
            assertThat(printed).hasSize(1);
            TokenHolder administrator = DemoDesk.asConsole(server.lapse())
                    .signIn(printed.get(0).group(1), printed.get(0).group(2));
            administrator.get("/api/v2/audits").expect(200);
            assertThat(server.lapse().postAsService("/oauth/token", Form.of("grant_type", "client_credentials")))
                    .isOAuthError(401, "invalid_client");

            server.stop();
            server.start(DEMONSTRATION);
            server.awaitReady();

            assertThat(printedPasswords("first")).hasSize(1);
            administrator.use().expect(200);
            organizationsDoNotSeeEachOther(server.lapse(), administrator);
        }
    }

    private static void organizationsDoNotSeeEachOther(LapseSystem lapse, TokenHolder stranger) {
        TokenHolder alice = lapse.signIn("alice@demo.example");

        assertThat(lapse.service().delete("/api/v2/tokens/" + stranger.userId()))
                .isRefused(404, "not.found");
        assertThat(stranger.delete("/api/v2/tokens/" + alice.userId())).isRefused(404, "not.found");
        assertThat(stranger.get("/api/v2/applications/demo-desk")).isRefused(404, "not.found");
        assertThat(lapse.administrator().auditsOf(stranger.sessionId())).isEmpty();
        assertThat(lapse.postAsService("/oauth/introspect", Form.of("token", stranger.accessToken()))
                        .json()
                        .required("active")
                        .asBoolean())
                .isFalse();
        stranger.use().expect(200);
        alice.use().expect(200);
    }

    @Test
    void demonstrationModeIsRefusedWhereSomebodyFromOutsideCouldReachIt() throws Exception {
        try (ServerProcess server = ServerProcess.named("exposed")) {
            server.start(DEMONSTRATION_TO_THE_WORLD);

            await().atMost(Duration.ofMinutes(5)).until(() -> isRefused(server.lapse(), "/health/live"));

            for (String path : List.of("/health/ready", "/demo/", "/oauth/jwks", "/api/v2/tokens/me")) {
                assertThat(isRefused(server.lapse(), path)).as(path).isTrue();
            }
            assertThat(server.lapse()
                            .postAsService("/oauth/token", Form.of("grant_type", "client_credentials"))
                            .status())
                    .isEqualTo(503);
        }
    }

    private static boolean isRefused(LapseSystem lapse, String path) {
        try {
            Answer answer = new Answer(lapse.get(path));
            return answer.status() == 503 && answer.body().contains("loopback");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private static List<MatchResult> printedPasswords(String server) throws IOException {
        return PASSWORD.matcher(Files.readString(Path.of(server, "output.log")))
                .results()
                .toList();
    }
}
