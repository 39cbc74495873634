package org.lapse.settings;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** The settings of all organizations. */
@Singleton
@Transactional
class Settings {
    private final EntityManager entities;

    private final Event<SettingsSaved> saved;

    @Inject
    Settings(EntityManager entities, Event<SettingsSaved> saved) {
        this.entities = entities;
        this.saved = saved;
    }

    OrganizationSettings of(UUID organizationId) {
        OrganizationSettings chosen = entities.find(OrganizationSettings.class, organizationId);
        return chosen == null ? new OrganizationSettings(organizationId) : chosen;
    }

    /** Writes what was changed; it holds for live sessions as soon as the transaction has succeeded. */
    OrganizationSettings save(OrganizationSettings changed) {
        OrganizationSettings written = entities.contains(changed) ? changed : entities.merge(changed);
        entities.flush();
        saved.fire(new SettingsSaved(written.organizationId(), written.policy(), written.revision()));
        return written;
    }
}
