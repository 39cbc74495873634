package org.lapse.oauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lapse.application.ClientsInForce;

/**
 * All clients, as they were committed last. What must hold at the moment of a grant, such as that the application is not
 * disabled, is looked at once more when its row is locked.
 */
@Singleton
class Clients {
    /** RFC 6749, appendix A.1, and no longer than an id of ours. */
    private static final Pattern ID = Pattern.compile("[\\x20-\\x7E]{1,64}");

    private final ClientsInForce applications;

    @Inject
    Clients(ClientsInForce applications) {
        this.applications = applications;
    }

    /** The client of that {@code client_id}. */
    Optional<Client> find(String clientId) {
        return ID.matcher(clientId).matches() ? applications.find(clientId).map(Client::new) : Optional.empty();
    }
}
