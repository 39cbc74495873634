package org.lapse.organizations.settings;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.lapse.organizations.directory.PasswordObjection;
import org.lapse.organizations.directory.PasswordRules;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.changes.NumberedRows;
import org.lapse.platform.changes.NumberedTable;

/** The authentication settings of all organizations, and what they ask of passwords. */
@Singleton
@Transactional
class AuthenticationSettingsRows implements PasswordRules, NumberedRows {
    private final EntityManager entities;
    private final Event<AuthenticationSettingsChanged> changed;
    private final ChangeNumbers numbers;

    @Inject
    AuthenticationSettingsRows(
            EntityManager entities, Event<AuthenticationSettingsChanged> changed, ChangeNumbers numbers) {
        this.entities = entities;
        this.changed = changed;
        this.numbers = numbers;
    }

    /** What was chosen; where nothing was, nothing is excluded, restricted or asked for. */
    AuthenticationSettings of(UUID organizationId) {
        AuthenticationSettings chosen = entities.find(AuthenticationSettings.class, organizationId);
        return chosen == null ? new AuthenticationSettings(organizationId) : chosen;
    }

    /** What was chosen, with the number of its last change. */
    Versioned<AuthenticationSettings> read(UUID organizationId) {
        AuthenticationSettings chosen = of(organizationId);
        return new Versioned<>(entities.contains(chosen) ? chosen.changeNumber() : Versioned.NO_ROW, chosen);
    }

    /** Counts the changes of an organization's settings: 0 as long as nobody has chosen anything. */
    int revision(AuthenticationSettings settings) {
        return entities.contains(settings) ? settings.version() + 1 : 0;
    }

    /**
     * Writes what was changed; it holds for the next call as soon as the transaction has succeeded. Of two who change
     * the same row only one succeeds, so anybody who changes it next has read this change and takes a greater number.
     */
    void save(AuthenticationSettings settings) {
        if (!entities.contains(settings)) {
            entities.persist(settings);
        }
        settings.setChangeNumber(numbers.next());
        entities.flush();
        tell(settings);
    }

    private void tell(AuthenticationSettings settings) {
        changed.fire(AuthenticationSettingsChanged.of(settings));
    }

    @Override
    public NumberedTable table() {
        return new NumberedTable("authentication_settings", "change_number");
    }

    @Override
    public void tellOf(Collection<Long> missed) {
        List<AuthenticationSettings> found = entities.createQuery(
                        "select s from AuthenticationSettings s where s.changeNumber in :numbers",
                        AuthenticationSettings.class)
                .setParameter("numbers", missed)
                .getResultList();
        found.forEach(this::tell);
    }

    @Override
    public List<PasswordObjection.Missing> missing(UUID organizationId, String newPassword) {
        return of(organizationId).passwordRequirements().missing(newPassword);
    }
}
