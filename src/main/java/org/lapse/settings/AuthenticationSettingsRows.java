package org.lapse.settings;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.lapse.cache.Versioned;
import org.lapse.directory.PasswordRules;

/** The authentication settings of all organizations, and what they ask of passwords. */
@Singleton
@Transactional
class AuthenticationSettingsRows implements PasswordRules {
    private final EntityManager entities;
    private final Event<AuthenticationSettingsChanged> changed;

    @Inject
    AuthenticationSettingsRows(EntityManager entities, Event<AuthenticationSettingsChanged> changed) {
        this.entities = entities;
        this.changed = changed;
    }

    /** What was chosen; where nothing was, nothing is excluded, restricted or asked for. */
    AuthenticationSettings of(UUID organizationId) {
        AuthenticationSettings chosen = entities.find(AuthenticationSettings.class, organizationId);
        return chosen == null ? new AuthenticationSettings(organizationId) : chosen;
    }

    /** What was chosen, with the version of the row. */
    Versioned<AuthenticationSettings> read(UUID organizationId) {
        AuthenticationSettings chosen = of(organizationId);
        return new Versioned<>(entities.contains(chosen) ? chosen.version() : Versioned.NO_ROW, chosen);
    }

    /** Counts the changes of an organization's settings: 0 as long as nobody has chosen anything. */
    int revision(AuthenticationSettings settings) {
        return entities.contains(settings) ? settings.version() + 1 : 0;
    }

    /** Writes what was changed; it holds for the next call as soon as the transaction has succeeded. */
    void save(AuthenticationSettings settings) {
        if (!entities.contains(settings)) {
            entities.persist(settings);
        }
        entities.flush(); // which raises the version
        changed.fire(AuthenticationSettingsChanged.of(settings));
    }

    @Override
    public Optional<String> objection(UUID organizationId, String newPassword) {
        return of(organizationId).passwordRequirements().objection(newPassword);
    }
}
