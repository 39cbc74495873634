package org.lapse.organizations.settings;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.lapse.platform.api.AddressRange;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.cache.Current;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.cache.VersionedCache;

/**
 * From where each organization's tokens may be used, in memory: a change holds as soon as it is committed. Our own
 * pages are always permitted.
 */
@Singleton
public class RestrictionsInForce {
    private final String ownHost;
    private final VersionedCache<UUID, Restrictions> byOrganization;

    @Inject
    RestrictionsInForce(AuthenticationSettingsRows settings, IssuerIdentifier issuer) {
        this.ownHost = issuer.host();
        this.byOrganization =
                new VersionedCache<>(id -> Optional.of(settings.read(id).map(this::restrictions)));
    }

    /** From where that organization's tokens may be used. */
    public Current<Restrictions> of(UUID organizationId) {
        return byOrganization.get(organizationId);
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuthenticationSettingsChanged changed) {
        byOrganization.committed(
                changed.organizationId(),
                new Versioned<>(
                        changed.number(), restrictions(changed.addresses(), changed.byDomain(), changed.domains())));
    }

    void forget(@Observes(during = TransactionPhase.AFTER_FAILURE) AuthenticationSettingsChanged inVain) {
        byOrganization.rolledBack(inVain.organizationId(), inVain.number());
    }

    /** What would hold under those settings. */
    Restrictions restrictions(AuthenticationSettings settings) {
        return restrictions(settings.addresses(), settings.isRestrictedByDomain(), settings.domains());
    }

    private Restrictions restrictions(
            List<String> permittedAddresses, boolean byDomain, List<String> permittedDomains) {
        List<AddressRange> addresses =
                permittedAddresses.stream().map(AddressRange::of).toList();
        List<String> domains =
                Stream.concat(Stream.of(ownHost), permittedDomains.stream()).toList();
        return new Restrictions(addresses, byDomain, domains);
    }
}
