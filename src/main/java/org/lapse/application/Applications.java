package org.lapse.application;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** All applications, of every organization. */
@Singleton
@Transactional
public class Applications {
    private final EntityManager entities;

    private final Event<ApplicationSaved> saved;
    private final Duration longest;

    @Inject
    Applications(
            EntityManager entities,
            Event<ApplicationSaved> saved,
            @ConfigProperty(name = "lapse.timeout.maximum", defaultValue = "PT8H") Duration longest) {
        this.entities = entities;
        this.saved = saved;
        this.longest = longest;
    }

    /** The application of that id, whatever its organization: for those who authenticate it. */
    public Optional<Application> find(String applicationId) {
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

    /** What the options of an application that exists say. */
    ApplicationRules readRules(String applicationId) {
        return rulesOf(find(applicationId)
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
                application.organizationId(), application.id(), application.securityOptions(longest));
    }
}
