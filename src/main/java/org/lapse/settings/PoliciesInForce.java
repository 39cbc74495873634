package org.lapse.settings;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.lapse.changes.InForce;
import org.lapse.timeout.TimeoutPolicy;
import org.lapse.timeout.TimeoutRulesChanged;

/** The policy of each organization, in memory: a change replaces it as soon as it is committed. */
@Singleton
public class PoliciesInForce {
    private final Settings settings;
    private final Event<TimeoutRulesChanged> changed;
    private final Map<UUID, InForce<TimeoutPolicy>> byOrganization = new ConcurrentHashMap<>();

    @Inject
    PoliciesInForce(Settings settings, Event<TimeoutRulesChanged> changed) {
        this.settings = settings;
        this.changed = changed;
    }

    /** How long sessions of that organization may go unused, as it holds at this moment. */
    public TimeoutPolicy of(UUID organizationId) {
        return byOrganization.computeIfAbsent(organizationId, this::read).get();
    }

    private InForce<TimeoutPolicy> read(UUID organizationId) {
        OrganizationSettings chosen = settings.of(organizationId);
        return new InForce<>(chosen.policy(), chosen.revision());
    }

    void replace(@Observes(during = TransactionPhase.AFTER_SUCCESS) SettingsSaved saved) {
        InForce<TimeoutPolicy> known =
                byOrganization.putIfAbsent(saved.organizationId(), new InForce<>(saved.policy(), saved.revision()));
        if (known == null) {
            changed.fire(new TimeoutRulesChanged(saved.organizationId(), true));
            return;
        }
        known.replace(saved.policy(), saved.revision())
                .ifPresent(before -> changed.fire(new TimeoutRulesChanged(
                        saved.organizationId(),
                        !before.groupBundles()
                                .groups()
                                .equals(saved.policy().groupBundles().groups()))));
    }
}
