package org.lapse.insight.delivery;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.lapse.organizations.application.ApplicationChanged;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.OAuthClient;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.cache.VersionedCache;

/** Which applications hear that sessions have ended, in memory: a change holds as soon as it is committed. */
@Singleton
class LogoutAddresses {
    private final EntityManager entities;
    private final VersionedCache<String, OAuthClient> byApplication;

    @Inject
    LogoutAddresses(EntityManager entities, Applications applications) {
        this.entities = entities;
        this.byApplication = new VersionedCache<>(applications::readClient);
    }

    /** The application, if it wants to hear of ended sessions; also one that is deleted, of its last ones. */
    Optional<OAuthClient> find(String applicationId) {
        return byApplication
                .find(applicationId)
                .map(found -> found.versioned().value())
                .filter(client -> client.backchannelLogoutUri().isPresent());
    }

    /** An application has an address for the first time. Its row is locked, so nobody else does this. */
    void prepare(@Observes ApplicationChanged changed) {
        if (changed.client().backchannelLogoutUri().isPresent()
                && entities.find(Receiver.class, changed.applicationId()) == null) {
            entities.persist(
                    new Receiver(changed.applicationId(), changed.client().organizationId()));
        }
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        byApplication.committed(changed.applicationId(), new Versioned<>(changed.number(), changed.client()));
    }

    void forget(@Observes(during = TransactionPhase.AFTER_FAILURE) ApplicationChanged inVain) {
        byApplication.rolledBack(inVain.applicationId(), inVain.number());
    }
}
