package org.lapse.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lapse.api.Caller;
import org.lapse.api.Permission;
import org.lapse.directory.Organizations;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;

/** What holds for the sessions of an application while its options are changed. */
@OnBothDatabases
class RulesInForceTest {
    private static final String APPLICATION = "demo-desk";

    private final LapseInJavaSE lapse;
    private final Caller administrator;

    RulesInForceTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.administrator = new Caller(
                lapse.get(Organizations.class)
                        .findByDomain("demo")
                        .orElseThrow()
                        .id(),
                "demo-service",
                null,
                "demo-service",
                Permission.all(),
                "a token");
    }

    @Test
    void laterOptionsHoldInWhateverOrderTheyAreTold() throws SQLException {
        assertThat(onInactivity()).isEqualTo(OnInactivity.REVOKE);

        try (Strands strands = lapse.strands()) {
            Strand earlier = strands.of("earlier", () -> choose("lock"));
            earlier.goOnTo(Strand.Place.AFTER_COMMIT);
            strands.of("later", () -> choose("revoke")).finish();
            earlier.finish();
        }

        assertThat(onInactivity()).isEqualTo(OnInactivity.REVOKE);
    }

    private OnInactivity onInactivity() {
        return lapse.get(RulesInForce.class).of(APPLICATION).security().onInactivity();
    }

    private void choose(String onInactivity) {
        lapse.get(Applications.class)
                .change(
                        administrator,
                        APPLICATION,
                        new ApplicationChange(
                                null,
                                null,
                                null,
                                null,
                                Map.of("security", Map.of("on-inactivity", onInactivity)),
                                null));
    }
}
