package org.lapse.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lapse.middle.TwoNodes;

/** Nodes that start at the same moment on an empty database make what it needs once. */
class StartAtOnceTest {
    @ParameterizedTest(name = "demonstration: {0}")
    @ValueSource(booleans = {true, false})
    void whatIsMissingIsMadeOnce(boolean demonstration) throws SQLException {
        Map<String, String> configuration = Map.of(
                "lapse.demo",
                Boolean.toString(demonstration),
                "lapse.first.password-file",
                "target/start-at-once/first-administrator.txt");
        try (TwoNodes nodes = TwoNodes.startAtOnce(configuration)) {
            long organizations = nodes.b().inTransaction(() -> nodes.b()
                    .entities()
                    .createQuery("select count(o) from Organization o", Long.class)
                    .getSingleResult());
            assertThat(organizations).isEqualTo(demonstration ? 2 : 1);
        }
    }
}
