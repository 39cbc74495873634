package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@OnServer
class OpenApiIT {
    private final LapseSystem lapse = LapseSystem.ofSuite();

    @Test
    void serverDescribesTheApi() {
        assertThat(lapse.get("/openapi").body()).contains("openapi:", "/api");
    }
}
