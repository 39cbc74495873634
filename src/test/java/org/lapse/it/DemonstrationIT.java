package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
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

    private static boolean isRefused(LapseSystem lapse, String path) {
        try {
            Answer answer = new Answer(lapse.get(path));
            return answer.status() == 503 && answer.body().contains("loopback");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }
}
