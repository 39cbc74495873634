package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients in JavaScript: the vendor's SDK as it is published, and the one in plain Node that our documents show. */
@OnServer
class VendorSdkIT {
    private final LapseSystem lapse = LapseSystem.ofSuite();

    @AfterEach
    void restore() {
        lapse.administrator().restore();
    }

    @Test
    void vendorsSdkLogsInAndDrivesEveryOperation() throws IOException, InterruptedException {
        run("vendor-sdk.cjs");
    }

    @Test
    void clientInPlainNodeHandlesItsErrors() throws IOException, InterruptedException {
        run("plain-node-test.mjs");
    }

    /** Runs a script of tests; what it prints, a line of TAP for each operation, is what a failure shows. */
    private void run(String script) throws IOException, InterruptedException {
        ProcessBuilder node = new ProcessBuilder(
                        "node",
                        "--test-reporter=tap",
                        LapseSystem.property("lapse.it.node") + "/" + script,
                        lapse.url().toString())
                .redirectErrorStream(true);
        node.environment().put("NODE_PATH", LapseSystem.property("lapse.it.node-modules"));
        Process running = node.start();
        String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(running.waitFor()).as(output).isZero();
        assertThat(output).containsPattern("(?m)^# pass [1-9]").containsPattern("(?m)^# fail 0$");
    }
}
