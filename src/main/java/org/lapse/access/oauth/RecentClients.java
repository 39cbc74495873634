package org.lapse.access.oauth;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.ApplicationChanged;
import org.lapse.platform.clock.WallClock;

/**
 * Clients as they stood a few seconds ago at the most: for introspection, which is asked too often to ask the database
 * each time.
 */
@Singleton
class RecentClients {
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Clients clients;
    private final WallClock clock;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    @Inject
    RecentClients(Clients clients, WallClock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /** The client of that {@code client_id}; one that does not exist is asked for anew each time. */
    Optional<Client> find(String clientId) {
        Instant now = clock.now();
        Read recent = read.get(clientId);
        if (recent != null && now.isBefore(recent.at.plus(KEPT))) {
            return Optional.of(recent.client);
        }
        return Optional.ofNullable(read.compute(clientId, (id, before) -> readAnew(id, now)))
                .map(Read::client);
    }

    private @Nullable Read readAnew(String clientId, Instant now) {
        return clients.find(clientId).map(client -> new Read(client, now)).orElse(null);
    }

    /**
     * Somebody has changed an application. This waits for a client that is just being read, so that none stays as it
     * stood before the change.
     */
    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        read.remove(changed.applicationId());
    }

    /** A client, and when it was read. */
    private record Read(Client client, Instant at) {}
}
