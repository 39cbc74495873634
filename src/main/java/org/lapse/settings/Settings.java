package org.lapse.settings;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.lapse.cache.Versioned;
import org.lapse.timeout.TimeoutPolicy;

/** The settings of all organizations. */
@Singleton
@Transactional
class Settings {
    private final EntityManager entities;

    private final Event<OrganizationSettingsChanged> changed;

    @Inject
    Settings(EntityManager entities, Event<OrganizationSettingsChanged> changed) {
        this.entities = entities;
        this.changed = changed;
    }

    OrganizationSettings of(UUID organizationId) {
        OrganizationSettings chosen = entities.find(OrganizationSettings.class, organizationId);
        return chosen == null ? new OrganizationSettings(organizationId) : chosen;
    }

    /** What the settings say about unused sessions. */
    Versioned<TimeoutPolicy> policy(UUID organizationId) {
        OrganizationSettings chosen = of(organizationId);
        return new Versioned<>(entities.contains(chosen) ? chosen.version() : Versioned.NO_ROW, chosen.policy());
    }

    /** Writes what was changed; it holds for live sessions as soon as the transaction has succeeded. */
    OrganizationSettings save(OrganizationSettings settings) {
        OrganizationSettings written = entities.contains(settings) ? settings : entities.merge(settings);
        entities.flush(); // which raises the version
        changed.fire(new OrganizationSettingsChanged(written.organizationId(), written.version(), written.policy()));
        return written;
    }
}
