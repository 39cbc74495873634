package org.lapse.organizations.settings;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.cache.VersionedCache;
import org.lapse.rules.timeout.TimeoutPolicy;

/** The policy of each organization, in memory: a change replaces it as soon as it is committed. */
@Singleton
public class PoliciesInForce {
    private final VersionedCache<UUID, TimeoutPolicy> byOrganization;

    @Inject
    PoliciesInForce(Settings settings) {
        this.byOrganization = new VersionedCache<>(id -> Optional.of(settings.policy(id)));
    }

    /** How long sessions of that organization may go unused, as it holds at this moment. */
    public TimeoutPolicy of(UUID organizationId) {
        return versioned(organizationId).value();
    }

    /** The same, with the number of the change since which it holds. */
    public Versioned<TimeoutPolicy> versioned(UUID organizationId) {
        return byOrganization.get(organizationId).versioned();
    }

    /** The same, if it is known without asking the database. */
    public Optional<Versioned<TimeoutPolicy>> known(UUID organizationId) {
        return byOrganization.known(organizationId);
    }

    /** Takes over what is committed. Another observer that needs it to be known here may call this first. */
    public void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) OrganizationSettingsChanged changed) {
        byOrganization.committed(changed.organizationId(), new Versioned<>(changed.number(), changed.policy()));
    }

    void forget(@Observes(during = TransactionPhase.AFTER_FAILURE) OrganizationSettingsChanged inVain) {
        byOrganization.rolledBack(inVain.organizationId(), inVain.number());
    }
}
