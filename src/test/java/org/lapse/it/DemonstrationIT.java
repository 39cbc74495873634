package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Demonstration mode, whose passwords everybody knows, is for this machine only. */
@OnServer
class DemonstrationIT {
    private static final Map<String, String> DEMONSTRATION_TO_THE_WORLD =
            Map.of("LAPSE_DEMO", "true", "LAPSE_HTTP_ADDRESS", "0.0.0.0");

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

    @Test
    void clockIsPutForwardByJsonAloneAndNeverBack() {
        LapseSystem lapse = LapseSystem.ofSuite();
        Instant before = lapse.now();

        lapse.letPass(Duration.ofMinutes(2));

        assertThat(lapse.now()).isAfterOrEqualTo(before.plus(Duration.ofMinutes(2)));
        assertThat(putForward(lapse, "application/json", "{\"forwardSeconds\":0}"))
                .isRefused(400, "invalid.value")
                .namesField("forwardSeconds");
        assertThat(putForward(lapse, "application/json", "{\"forwardSeconds\":86401}"))
                .isRefused(400, "invalid.value");
        assertThat(putForward(lapse, "application/json", "{}")).isRefused(400, "invalid.value");
        assertThat(putForward(lapse, "text/plain", "{\"forwardSeconds\":60}")).isRefused(415, "unsupported.media.type");
    }

    private static Answer putForward(LapseSystem lapse, String type, String body) {
        return lapse.answerTo(HttpRequest.newBuilder(lapse.url("/demo/clock"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static boolean isRefused(LapseSystem lapse, String path) {
        try {
            Answer answer = new Answer(lapse.get(path));
            return answer.status() == 503 && answer.body().contains("loopback");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }
}
