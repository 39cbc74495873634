package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@OnServer
@OnEveryCombination
class HealthIT {
    private final LapseSystem lapse = LapseSystem.ofSuite();

    @Test
    void serverIsReady() {
        assertThat(lapse.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreOursAndNotTheServers() {
        assertThat(lapse.get("/metrics").body()).contains("lapse_");
    }
}
