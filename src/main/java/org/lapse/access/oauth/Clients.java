package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lapse.organizations.application.Applications;

/** All clients, as the database has them now. */
@Singleton
@Transactional
class Clients {
    /** RFC 6749, appendix A.1, and no longer than an id of ours. */
    private static final Pattern ID = Pattern.compile("[\\x20-\\x7E]{1,64}");

    private final Applications applications;

    @Inject
    Clients(Applications applications) {
        this.applications = applications;
    }

    /** The client of that {@code client_id}. */
    Optional<Client> find(String clientId) {
        return ID.matcher(clientId).matches() ? applications.find(clientId).map(Client::of) : Optional.empty();
    }
}
