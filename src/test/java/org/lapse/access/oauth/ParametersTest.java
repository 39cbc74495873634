package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParametersTest {
    @Test
    void parametersWithoutAValueCountAsLeftOut() {
        Parameters parameters = Parameters.parse("a=&b=1&b=2&c=%zz&d=x");
        assertThat(parameters.get("a")).isEmpty();
        assertThat(parameters.get("b")).isEmpty();
        assertThat(parameters.doubled()).contains("b");
        assertThat(parameters.get("d")).contains("x");
    }
}
