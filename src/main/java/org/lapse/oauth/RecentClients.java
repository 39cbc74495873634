package org.lapse.oauth;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.lapse.clock.WallClock;
import org.lapse.timeout.TimeoutRulesChanged;

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
        Optional<Client> found = clients.find(clientId);
        found.ifPresent(client -> read.put(clientId, new Read(client, now)));
        return found;
    }

    /** Somebody has changed an application, or what holds for it. */
    void forget(@Observes TimeoutRulesChanged changed) {
        read.clear();
    }

    /** A client, and when it was read. */
    private record Read(Client client, Instant at) {}
}
