package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Framework side, as an administrator's existing script with curl and jq drives it. */
@OnServer
class FrameworkScriptIT {
    private static final String APPLICATIONS = "/api/v2/applications";

    private final LapseSystem lapse = LapseSystem.ofSuite();

    /** Where the script breaks off, it leaves the short timeout of its own sessions behind. */
    @AfterEach
    void switchTheTimeoutOff() {
        JsonNode found = lapse.service()
                .get(APPLICATIONS + "?name=genesys%20administrator%20extension")
                .expect(200)
                .json();
        found.required("entities").forEach(application -> lapse.service()
                .put(
                        APPLICATIONS + "/" + application.required("id").asText(),
                        "{\"options\":{\"general\":{\"inactivity_timeout\":\"0\"},\"security\":{\"inactivity-timeout\":\"0\"}}}")
                .expect(200));
    }

    @Test
    void administratorsScriptWorksFromLogInToLogOut() throws IOException, InterruptedException {
        Process script = new ProcessBuilder(
                        LapseSystem.property("lapse.it.scripts") + "/framework.sh",
                        lapse.url().toString(),
                        "admin@demo.example",
                        DemoDesk.PASSWORD,
                        UUID.randomUUID().toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(script.waitFor()).as(output).isZero();
    }
}
