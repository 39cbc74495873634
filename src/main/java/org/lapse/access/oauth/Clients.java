package org.lapse.access.oauth;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lapse.organizations.application.ApplicationChanged;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.OAuthClient;
import org.lapse.platform.cache.Current;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.cache.VersionedCache;
import org.lapse.sessions.session.Sessions;

/**
 * All clients, in memory: a change replaces one as soon as it is committed. What must hold at the moment of a grant,
 * such as that the application is not disabled, is looked at once more when its row is locked.
 */
@Singleton
class Clients {
    /** RFC 6749, appendix A.1, and no longer than an id of ours. */
    private static final Pattern ID = Pattern.compile("[\\x20-\\x7E]{1,64}");

    private final VersionedCache<String, OAuthClient> byId;
    private final Applications applications;
    private final Sessions sessions;

    @Inject
    Clients(Applications applications, Sessions sessions) {
        this.byId = new VersionedCache<>(applications::readClient);
        this.applications = applications;
        this.sessions = sessions;
    }

    /** The client of that {@code client_id}; one that does not exist is asked for anew each time. */
    Optional<Client> find(String clientId) {
        return ID.matcher(clientId).matches()
                ? byId.find(clientId)
                        .map(Current::versioned)
                        .filter(found -> !found.value().isDeleted())
                        .map(Client::new)
                : Optional.empty();
    }

    /**
     * The same, where it may have to be read from the database.
     *
     * @param beforeReading what is asked before that; it may throw to refuse
     */
    Optional<Client> find(String clientId, Runnable beforeReading) {
        if (ID.matcher(clientId).matches() && byId.known(clientId).isEmpty()) {
            beforeReading.run();
        }
        return find(clientId);
    }

    /**
     * Locks the application of a client until the transaction ends, together with others who open sessions. Done first
     * in a use case that gives something. Who changes an application locks it alone and gives it another number, so
     * nothing is read where it still has the one that is known.
     *
     * @return the client as it is now; empty where it may have no tokens
     */
    @Transactional(TxType.MANDATORY)
    Optional<Client> admit(Client client) {
        return sessions.admitApplication(client.id())
                .flatMap(number -> number == client.known().version()
                        ? Optional.of(client)
                        : applications.readClient(client.id()).map(client::changedTo));
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        byId.committed(changed.applicationId(), new Versioned<>(changed.number(), changed.client()));
    }

    void forget(@Observes(during = TransactionPhase.AFTER_FAILURE) ApplicationChanged inVain) {
        byId.rolledBack(inVain.applicationId(), inVain.number());
    }
}
