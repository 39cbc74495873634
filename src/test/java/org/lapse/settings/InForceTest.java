package org.lapse.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.directory.Organizations;
import org.lapse.excludedapi.ApiCall;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;

/** Of two changes the later one holds, although this node is told of it first. */
@OnBothDatabases
class InForceTest {
    private static final ApiCall EARLIER =
            ApiCall.ofTarget("GET", "/api/v2/earlier").orElseThrow();
    private static final ApiCall LATER =
            ApiCall.ofTarget("GET", "/api/v2/later").orElseThrow();

    private final LapseInJavaSE lapse;
    private final UUID organizationId;

    InForceTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
    }

    @Test
    void laterExclusionsAndRestrictionsHoldInWhateverOrderTheyAreTold() throws SQLException {
        assertThat(lapse.get(ExclusionsInForce.class).of(organizationId).get().contains(LATER))
                .isFalse();

        try (Strands strands = lapse.strands()) {
            Strand earlier = strands.of("earlier", () -> choose("GET api/v2/earlier", "10.0.0.0/8"));
            earlier.goOnTo(Strand.Place.AFTER_COMMIT);
            strands.of("later", () -> choose("GET api/v2/later", "127.0.0.0/8")).finish();
            earlier.finish();
        }

        assertThat(lapse.get(ExclusionsInForce.class).of(organizationId).get())
                .matches(excluded -> excluded.contains(LATER))
                .matches(excluded -> !excluded.contains(EARLIER));
        assertThat(lapse.get(RestrictionsInForce.class).of(organizationId).get())
                .matches(permitted -> permitted.permitsAddress("127.0.0.1"))
                .matches(permitted -> !permitted.permitsAddress("10.0.0.1"));
    }

    private void choose(String excluded, String address) {
        AuthenticationSettingsRows rows = lapse.get(AuthenticationSettingsRows.class);
        lapse.inTransaction(() -> {
            AuthenticationSettings settings = rows.of(organizationId);
            settings.exclude(List.of(excluded));
            settings.permitAddresses(List.of(address));
            rows.save(settings);
        });
    }
}
