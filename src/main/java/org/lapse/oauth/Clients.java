package org.lapse.oauth;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lapse.application.ApplicationChanged;
import org.lapse.cache.Current;
import org.lapse.cache.Versioned;
import org.lapse.cache.VersionedCache;

/**
 * All clients, in memory: each is read when it first comes, and a change replaces it as soon as it is committed. So none
 * is older than what was committed last. Whoever gives a client something that must not outlive it has to look at the
 * row in the same transaction, too: the next change may be committed in the next moment.
 */
@Singleton
class Clients {
    /** RFC 6749, appendix A.1, and no longer than an id of ours. */
    private static final Pattern ID = Pattern.compile("[\\x20-\\x7E]{1,64}");

    /** Empty for one that was deleted. Ids that nobody ever had are not kept: anybody could fill the memory with them. */
    private final VersionedCache<String, Optional<Client>> byId;

    @Inject
    Clients(ClientRows rows) {
        this.byId = new VersionedCache<>(rows::find);
    }

    /** The client of that {@code client_id}. */
    Optional<Client> find(String clientId) {
        return ID.matcher(clientId).matches() ? byId.find(clientId).flatMap(Current::get) : Optional.empty();
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        byId.committed(changed.applicationId(), new Versioned<>(changed.version(), Client.of(changed)));
    }

    void forget(@Observes(during = TransactionPhase.AFTER_FAILURE) ApplicationChanged inVain) {
        byId.rolledBack(inVain.applicationId());
    }
}
