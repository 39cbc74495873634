package org.lapse.oauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.lapse.application.Applications;
import org.lapse.cache.Versioned;

/** The clients in the database. */
@Singleton
@Transactional
class ClientRows {
    private final Applications applications;

    @Inject
    ClientRows(Applications applications) {
        this.applications = applications;
    }

    /** The client of that {@code client_id}, with the version of its row. */
    Optional<Versioned<Optional<Client>>> find(String clientId) {
        return applications
                .find(clientId)
                .map(found -> new Versioned<>(found.version(), Optional.of(Client.of(found))));
    }
}
