package org.lapse.application;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.api.Page;
import org.lapse.directory.RoleChanged;

/** All applications, of every organization. */
@Singleton
@Transactional
public class Applications {
    private final EntityManager entities;

    private final Event<ApplicationSaved> saved;
    private final Event<ApplicationPermissionsChanged> permissionsChanged;
    private final Duration longest;

    @Inject
    Applications(
            EntityManager entities,
            Event<ApplicationSaved> saved,
            Event<ApplicationPermissionsChanged> permissionsChanged,
            @ConfigProperty(name = "lapse.timeout.maximum", defaultValue = "PT8H") Duration longest) {
        this.entities = entities;
        this.saved = saved;
        this.permissionsChanged = permissionsChanged;
        this.longest = longest;
    }

    /** The application of that id, whatever its organization: for those who authenticate it. None that is deleted. */
    public Optional<Application> find(String applicationId) {
        return findEvenDeleted(applicationId).filter(found -> !found.isDeleted());
    }

    private Optional<Application> findEvenDeleted(String applicationId) {
        return Optional.ofNullable(entities.find(Application.class, applicationId));
    }

    /** The application of that id, if it is one of that organization. */
    public Optional<Application> find(UUID organizationId, String applicationId) {
        return find(applicationId).filter(found -> found.organizationId().equals(organizationId));
    }

    /** The wire names of what each application may do on its own; those that may do nothing are left out. */
    public Map<String, Set<String>> permissions() {
        return entities.createQuery(
                        "select a.id, p from Application a join a.roles r join r.permissions p", Object[].class)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        row -> (String) row[0],
                        Collectors.mapping(row -> (String) row[1], Collectors.toUnmodifiableSet())));
    }

    /** The addresses to which people may be sent back by any application that may have tokens. */
    public Set<String> redirectUris() {
        return Set.copyOf(entities.createQuery(
                        "select distinct uri from Application a join a.redirectUris uri where a.state = :active",
                        String.class)
                .setParameter("active", ApplicationState.ACTIVE)
                .getResultList());
    }

    /** A page of an organization's applications, in the order of their names. */
    List<Application> find(UUID organizationId, Page.Request page) {
        return entities.createQuery(
                        "select a from Application a where a.organizationId = :organization and a.deletedAt is null"
                                + " order by a.name",
                        Application.class)
                .setParameter("organization", organizationId)
                .setFirstResult(page.first())
                .setMaxResults(page.size())
                .getResultList();
    }

    /** How many applications an organization has. */
    long count(UUID organizationId) {
        return entities.createQuery(
                        "select count(a) from Application a where a.organizationId = :organization"
                                + " and a.deletedAt is null",
                        Long.class)
                .setParameter("organization", organizationId)
                .getSingleResult();
    }

    void add(Application application) {
        entities.persist(application);
    }

    /** What an application may do on its own follows the permissions of its roles. */
    void tellPermissions(@Observes RoleChanged changed) {
        Map<String, Set<String>> byApplication = entities.createQuery(
                        "select a from Application a join a.roles r where r.id = :role", Application.class)
                .setParameter("role", changed.roleId())
                .getResultStream()
                .collect(Collectors.toUnmodifiableMap(Application::id, Application::permissions));
        permissionsChanged.fire(new ApplicationPermissionsChanged(byApplication));
    }

    /** Says that an application may do other things on its own than before. */
    void permissionsChanged(Application application) {
        permissionsChanged.fire(new ApplicationPermissionsChanged(Map.of(application.id(), application.permissions())));
    }

    /** What the options of an application that exists say, or of one that is deleted: its sessions end by them. */
    ApplicationRules readRules(String applicationId) {
        return rulesOf(findEvenDeleted(applicationId)
                .orElseThrow(() -> new IllegalStateException("There is no application " + applicationId)));
    }

    /**
     * Says that an application was changed: what its options now say holds as soon as the transaction has succeeded.
     *
     * @throws org.lapse.api.ApiException 400 where an option holds what it may not
     */
    void changed(Application application) {
        entities.flush();
        saved.fire(new ApplicationSaved(rulesOf(application)));
    }

    private ApplicationRules rulesOf(Application application) {
        return new ApplicationRules(
                application.organizationId(),
                application.id(),
                application.securityOptions(longest),
                PresenceOptions.of(application.options()));
    }
}
