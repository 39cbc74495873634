package org.lapse.settings;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.lapse.changes.InForce;
import org.lapse.excludedapi.ExcludedApis;

/** The excluded APIs of each organization, in memory: a change replaces them as soon as it is committed. */
@Singleton
public class ExclusionsInForce {
    private final AuthenticationSettingsRows settings;
    private final Map<UUID, InForce<ExcludedApis>> byOrganization = new ConcurrentHashMap<>();

    @Inject
    ExclusionsInForce(AuthenticationSettingsRows settings) {
        this.settings = settings;
    }

    /** The calls that do not reset the timer of that organization's tokens. */
    public InForce<ExcludedApis> of(UUID organizationId) {
        return byOrganization.computeIfAbsent(organizationId, id -> inForce(settings.lastSaved(id)));
    }

    private static InForce<ExcludedApis> inForce(AuthenticationSettingsSaved saved) {
        return new InForce<>(saved.excluded(), saved.revision());
    }

    void replace(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuthenticationSettingsSaved saved) {
        InForce<ExcludedApis> known = byOrganization.putIfAbsent(saved.organizationId(), inForce(saved));
        if (known != null) {
            known.replace(saved.excluded(), saved.revision());
        }
    }
}
