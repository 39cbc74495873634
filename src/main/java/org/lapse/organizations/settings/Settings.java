package org.lapse.organizations.settings;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.changes.NumberedRows;
import org.lapse.platform.changes.NumberedTable;
import org.lapse.rules.timeout.PermittedTimeouts;
import org.lapse.rules.timeout.TimeoutPolicy;

/** The settings of all organizations. */
@Singleton
@Transactional
class Settings implements NumberedRows {
    private final EntityManager entities;

    private final Event<OrganizationSettingsChanged> changed;
    private final ChangeNumbers numbers;
    private final Duration longest;

    @Inject
    Settings(
            EntityManager entities,
            Event<OrganizationSettingsChanged> changed,
            ChangeNumbers numbers,
            PermittedTimeouts permitted) {
        this.entities = entities;
        this.changed = changed;
        this.numbers = numbers;
        this.longest = permitted.maximum();
    }

    OrganizationSettings of(UUID organizationId) {
        OrganizationSettings chosen = entities.find(OrganizationSettings.class, organizationId);
        return chosen == null ? new OrganizationSettings(organizationId) : chosen;
    }

    /**
     * What the settings say about unused sessions. What was stored before {@code lapse.timeout.maximum} was lowered
     * counts as that.
     */
    Versioned<TimeoutPolicy> policy(UUID organizationId) {
        OrganizationSettings chosen = of(organizationId);
        return new Versioned<>(entities.contains(chosen) ? chosen.changeNumber() : Versioned.NO_ROW, policy(chosen));
    }

    private TimeoutPolicy policy(OrganizationSettings chosen) {
        return chosen.policy().atMost(longest);
    }

    /** The organizations of which a timeout is longer than this installation permits now. */
    List<UUID> longerThanPermitted() {
        return entities.createQuery("select s from OrganizationSettings s", OrganizationSettings.class)
                .getResultStream()
                .filter(chosen -> !chosen.policy().equals(policy(chosen)))
                .map(OrganizationSettings::organizationId)
                .toList();
    }

    /**
     * Writes what was changed; it holds for live sessions as soon as the transaction has succeeded. Of two who change
     * the same row only one succeeds, so anybody who changes it next has read this change and takes a greater number.
     */
    OrganizationSettings save(OrganizationSettings settings) {
        OrganizationSettings written = entities.contains(settings) ? settings : entities.merge(settings);
        written.setChangeNumber(numbers.next());
        entities.flush();
        tell(written);
        return written;
    }

    private void tell(OrganizationSettings settings) {
        changed.fire(
                new OrganizationSettingsChanged(settings.organizationId(), settings.changeNumber(), policy(settings)));
    }

    @Override
    public NumberedTable table() {
        return new NumberedTable("organization_settings", "change_number");
    }

    @Override
    public void tellOf(Collection<Long> missed) {
        List<OrganizationSettings> found = entities.createQuery(
                        "select s from OrganizationSettings s where s.changeNumber in :numbers",
                        OrganizationSettings.class)
                .setParameter("numbers", missed)
                .getResultList();
        found.forEach(this::tell);
    }
}
