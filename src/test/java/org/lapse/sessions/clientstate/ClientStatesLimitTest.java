package org.lapse.sessions.clientstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.directory.Organizations;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;

/** How many documents applications store for one user. */
@OnBothDatabases(configuration = "lapse.limit.client-states=2")
class ClientStatesLimitTest {
    private static final Document DOCUMENT = Document.sent("{}".getBytes(StandardCharsets.UTF_8));
    private static final WriteCondition CONDITION = new WriteCondition(null, null);

    private final LapseInJavaSE lapse;
    private final ClientStates states;
    private final UUID userId = UUID.randomUUID();
    private final UUID organizationId;

    ClientStatesLimitTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.states = lapse.get(ClientStates.class);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
    }

    @Test
    void ofTwoApplicationsThatStoreTheLastAtOnceOneIsRefused() throws SQLException {
        write("demo-desk");
        try (Strands strands = lapse.strands()) {
            Strand first = strands.of("first", () -> write("demo-two-desk"));
            Strand second = strands.of("second", () -> write("lapse-console"));
            first.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(second.goOn()).isEqualTo(Strand.Place.BLOCKED);
            first.finish();
            assertThat(second.goOnTo(Strand.Place.END).failure()).get().satisfies(ClientStatesLimitTest::assertRefused);
        }

        write("demo-desk"); // what is there may be written again
        assertRefused(catchThrowable(() -> write("lapse-console")));
        states.delete(caller("demo-desk"), CONDITION, lapse.clock().now());
        write("lapse-console");
    }

    private static void assertRefused(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.status())
                .isEqualTo(429));
    }

    private Caller caller(String applicationId) {
        return new Caller(organizationId, applicationId, userId, "Somebody", Set.of(), "a token");
    }

    private void write(String applicationId) {
        states.write(caller(applicationId), DOCUMENT, CONDITION, lapse.clock().now());
    }
}
