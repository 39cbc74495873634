package org.lapse.organizations.settings;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.lapse.platform.cache.Current;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.cache.VersionedCache;
import org.lapse.rules.excludedapi.ExcludedApis;

/** The excluded APIs of each organization, in memory: a change replaces them as soon as it is committed. */
@Singleton
public class ExclusionsInForce {
    private final VersionedCache<UUID, ExcludedApis> byOrganization;

    @Inject
    ExclusionsInForce(AuthenticationSettingsRows settings) {
        this.byOrganization =
                new VersionedCache<>(id -> Optional.of(settings.read(id).map(AuthenticationSettings::excludedApis)));
    }

    /** The calls that do not reset the timer of that organization's tokens. */
    public Current<ExcludedApis> of(UUID organizationId) {
        return byOrganization.get(organizationId);
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuthenticationSettingsChanged changed) {
        byOrganization.committed(changed.organizationId(), new Versioned<>(changed.number(), changed.excluded()));
    }

    void forget(@Observes(during = TransactionPhase.AFTER_FAILURE) AuthenticationSettingsChanged inVain) {
        byOrganization.rolledBack(inVain.organizationId(), inVain.number());
    }
}
