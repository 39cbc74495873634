package org.lapse.organizations.application;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.cache.VersionedCache;

/** What holds for the sessions of each application, in memory: a change replaces it as soon as it is committed. */
@Singleton
public class RulesInForce {
    private final VersionedCache<String, ApplicationRules> byApplication;

    @Inject
    RulesInForce(Applications applications) {
        this.byApplication = new VersionedCache<>(applications::readRules);
    }

    /**
     * What holds for the sessions of an application.
     *
     * @throws IllegalStateException if there never was one of that id
     */
    public ApplicationRules of(String applicationId) {
        return versioned(applicationId).value();
    }

    /** The same, with the number of the change since which it holds. */
    public Versioned<ApplicationRules> versioned(String applicationId) {
        return byApplication.get(applicationId).versioned();
    }

    /** The same, if it is known without asking the database. */
    public Optional<Versioned<ApplicationRules>> known(String applicationId) {
        return byApplication.known(applicationId);
    }

    /** Takes over what is committed. Another observer that needs it to be known here may call this first. */
    public void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        byApplication.committed(changed.applicationId(), new Versioned<>(changed.number(), changed.rules()));
    }

    void forget(@Observes(during = TransactionPhase.AFTER_FAILURE) ApplicationChanged inVain) {
        byApplication.rolledBack(inVain.applicationId(), inVain.number());
    }
}
