package org.lapse.settings;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.lapse.directory.PasswordRules;

/** The authentication settings of all organizations, and what they ask of passwords. */
@Singleton
@Transactional
class AuthenticationSettingsRows implements PasswordRules {
    private final EntityManager entities;
    private final Event<AuthenticationSettingsSaved> saved;

    @Inject
    AuthenticationSettingsRows(EntityManager entities, Event<AuthenticationSettingsSaved> saved) {
        this.entities = entities;
        this.saved = saved;
    }

    /** What was chosen; where nothing was, nothing is excluded, restricted or asked for. */
    AuthenticationSettings of(UUID organizationId) {
        AuthenticationSettings chosen = entities.find(AuthenticationSettings.class, organizationId);
        return chosen == null ? new AuthenticationSettings(organizationId) : chosen;
    }

    /** What the last change of an organization's settings said. */
    AuthenticationSettingsSaved lastSaved(UUID organizationId) {
        AuthenticationSettings chosen = of(organizationId);
        return AuthenticationSettingsSaved.of(chosen, revision(chosen));
    }

    /** Counts the changes of an organization's settings: 0 as long as nobody has chosen anything. */
    int revision(AuthenticationSettings settings) {
        return entities.contains(settings) ? settings.version() + 1 : 0;
    }

    /** Writes what was changed; it holds for the next call as soon as the transaction has succeeded. */
    void save(AuthenticationSettings changed) {
        if (!entities.contains(changed)) {
            entities.persist(changed);
        }
        entities.flush();
        saved.fire(AuthenticationSettingsSaved.of(changed, revision(changed)));
    }

    @Override
    public Optional<String> objection(UUID organizationId, String newPassword) {
        return of(organizationId).passwordRequirements().objection(newPassword);
    }
}
