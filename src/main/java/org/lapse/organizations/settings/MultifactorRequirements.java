package org.lapse.organizations.settings;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;

/** From whom each organization asks for a second factor. */
@Singleton
public class MultifactorRequirements {
    private final AuthenticationSettingsRows settings;

    @Inject
    MultifactorRequirements(AuthenticationSettingsRows settings) {
        this.settings = settings;
    }

    /** Whether an organization asks its members of these groups for a second factor. */
    public boolean concern(UUID organizationId, Set<UUID> groupIds) {
        AuthenticationSettings chosen = settings.of(organizationId);
        return chosen.isMultifactorRequired() || !Collections.disjoint(chosen.multifactorGroups(), groupIds);
    }
}
