package org.lapse.settings;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.api.AddressRange;
import org.lapse.changes.InForce;

/**
 * From where each organization's tokens may be used, in memory: a change holds as soon as it is committed. Our own pages
 * are always permitted.
 */
@Singleton
public class RestrictionsInForce {
    private final AuthenticationSettingsRows settings;
    private final String ownHost;
    private final Map<UUID, InForce<Restrictions>> byOrganization = new ConcurrentHashMap<>();

    @Inject
    RestrictionsInForce(
            AuthenticationSettingsRows settings,
            @ConfigProperty(name = "lapse.issuer", defaultValue = "http://localhost:8080") String issuer) {
        this.settings = settings;
        this.ownHost = URI.create(issuer).getHost().toLowerCase(Locale.ROOT);
    }

    /** From where that organization's tokens may be used. */
    public InForce<Restrictions> of(UUID organizationId) {
        return byOrganization.computeIfAbsent(organizationId, id -> inForce(settings.lastSaved(id)));
    }

    private InForce<Restrictions> inForce(AuthenticationSettingsSaved saved) {
        return new InForce<>(restrictions(saved), saved.revision());
    }

    void replace(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuthenticationSettingsSaved saved) {
        InForce<Restrictions> known = byOrganization.putIfAbsent(saved.organizationId(), inForce(saved));
        if (known != null) {
            known.replace(restrictions(saved), saved.revision());
        }
    }

    /** What would hold under those settings. */
    Restrictions restrictions(AuthenticationSettingsSaved saved) {
        List<AddressRange> addresses =
                saved.addresses().stream().map(AddressRange::of).toList();
        List<String> domains =
                Stream.concat(Stream.of(ownHost), saved.domains().stream()).toList();
        return new Restrictions(addresses, saved.byDomain(), domains);
    }
}
