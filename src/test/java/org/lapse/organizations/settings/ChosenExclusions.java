package org.lapse.organizations.settings;

import java.util.List;
import java.util.UUID;
import org.lapse.middle.LapseInJavaSE;

/** An administrator chooses which calls are no activity. */
public final class ChosenExclusions {
    private ChosenExclusions() {}

    /** From now on those calls of an organization are no activity, and no others. */
    public static void choose(LapseInJavaSE lapse, UUID organizationId, List<String> exclusions) {
        lapse.inTransaction(() -> {
            AuthenticationSettingsRows rows = lapse.get(AuthenticationSettingsRows.class);
            AuthenticationSettings chosen = rows.of(organizationId);
            new OrgAuthSettings(null, null, null, null, null, null, List.copyOf(exclusions), null, null).apply(chosen);
            rows.save(chosen);
        });
    }
}
