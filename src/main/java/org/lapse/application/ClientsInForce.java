package org.lapse.application;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.lapse.cache.Current;
import org.lapse.cache.Versioned;
import org.lapse.cache.VersionedCache;

/** What OAuth knows of each application, in memory: a change replaces it as soon as it is committed. */
@Singleton
public class ClientsInForce {
    private final VersionedCache<String, OAuthClient> byId;

    @Inject
    ClientsInForce(Applications applications) {
        this.byId = new VersionedCache<>(applications::readClient);
    }

    /** The application of that id, if there is one; one that does not exist is asked for anew each time. */
    public Optional<OAuthClient> find(String applicationId) {
        return byId.find(applicationId).map(Current::get).filter(found -> !found.isDeleted());
    }

    /** The application of that id as a change of that number has left it, if that is known without asking the database. */
    public Optional<OAuthClient> known(String applicationId, long changeNumber) {
        return byId.known(applicationId)
                .filter(known -> known.version() == changeNumber)
                .map(Versioned::value);
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        byId.committed(changed.applicationId(), new Versioned<>(changed.number(), changed.client()));
    }

    void forget(@Observes(during = TransactionPhase.AFTER_FAILURE) ApplicationChanged inVain) {
        byId.rolledBack(inVain.applicationId(), inVain.number());
    }
}
