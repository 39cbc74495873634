package org.lapse.settings;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.lapse.excludedapi.ExcludedApis;

/** The excluded APIs of each organization, in memory: a change replaces them as soon as it is committed. */
@Singleton
public class ExclusionsInForce {
    private final AuthenticationSettingsRows settings;
    private final Map<UUID, ExcludedApis> byOrganization = new ConcurrentHashMap<>();

    @Inject
    ExclusionsInForce(AuthenticationSettingsRows settings) {
        this.settings = settings;
    }

    /** The calls that do not reset the timer of that organization's tokens, as it holds at this moment. */
    public ExcludedApis of(UUID organizationId) {
        ExcludedApis known = byOrganization.get(organizationId);
        return known != null
                ? known
                : byOrganization.computeIfAbsent(
                        organizationId, id -> settings.of(id).excludedApis());
    }

    void replace(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuthenticationSettingsSaved saved) {
        byOrganization.put(saved.organizationId(), saved.excluded());
    }
}
