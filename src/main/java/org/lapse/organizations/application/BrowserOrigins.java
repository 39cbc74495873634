package org.lapse.organizations.application;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.lapse.platform.cache.Versioned;

/**
 * The origins in which registered applications run, in memory: read at the start, a change replaces them as soon as it
 * is committed. So nobody who calls from a browser waits for the database because of that.
 */
@Singleton
public class BrowserOrigins {
    private final Applications applications;
    private final Map<String, Versioned<Set<String>>> byApplication = new HashMap<>();

    /** How many applications run in each origin. */
    private final Map<String, Integer> uses = new ConcurrentHashMap<>();

    @Inject
    BrowserOrigins(Applications applications) {
        this.applications = applications;
    }

    /** Reads those that there are at the start; what is changed later is told. */
    public void read() {
        applications.readClientsOfBrowsers().forEach(this::follow);
    }

    /** Whether a registered application runs in that origin. */
    public boolean contains(String origin) {
        return uses.containsKey(origin);
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        follow(new Versioned<>(changed.number(), changed.client()));
    }

    /** Changes may be told in any order, and while the others are being read: the later one decides. */
    private synchronized void follow(Versioned<OAuthClient> client) {
        String id = client.value().id();
        Versioned<Set<String>> now = client.map(BrowserOrigins::originsOf);
        Versioned<Set<String>> known = byApplication.getOrDefault(id, new Versioned<>(Versioned.NO_ROW, Set.of()));
        if (now.version() < known.version()) {
            return;
        }
        now.value().forEach(origin -> uses.merge(origin, 1, Integer::sum)); // first, so that none is missing meanwhile
        known.value().forEach(origin -> uses.computeIfPresent(origin, (one, count) -> count == 1 ? null : count - 1));
        byApplication.put(id, now);
    }

    private static Set<String> originsOf(OAuthClient client) {
        return client.isActive()
                ? client.redirectUris().stream()
                        .flatMap(uri -> originOf(uri).stream())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** The origin of an address as browsers write it; empty where no page can be. */
    static Optional<String> originOf(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            return Optional.empty();
        }
        boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("http") ? 80 : 443);
        return Optional.of(
                scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + uri.getPort()));
    }
}
