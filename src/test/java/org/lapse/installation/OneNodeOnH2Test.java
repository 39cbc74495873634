package org.lapse.installation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lapse.middle.Database;
import org.lapse.middle.LapseInJavaSE;

/** H2 is for one node: who configures several is told so at the start. */
class OneNodeOnH2Test {
    @Test
    void severalNodesAreRefused() {
        assertThatThrownBy(() -> LapseInJavaSE.start(Database.H2, Map.of("lapse.cluster.enabled", "true")))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lapse.cluster.enabled needs PostgreSQL: H2 is for one node");
    }
}
