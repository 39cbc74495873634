package org.lapse.application;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.cache.Versioned;
import org.lapse.cache.VersionedCache;

/**
 * The origins in which active applications run. They are read when the first is asked for; a change replaces those of its
 * application as soon as it is committed.
 */
@Singleton
public class BrowserOrigins {
    private final Applications applications;

    /** Nothing is read for one application alone: one that is unknown here runs nowhere. */
    private final VersionedCache<String, Set<String>> byApplication = new VersionedCache<>(id -> Optional.empty());

    /** Null until they have been read. */
    private volatile @Nullable Set<String> all;

    @Inject
    BrowserOrigins(Applications applications) {
        this.applications = applications;
    }

    /** Whether an active application runs in that origin. */
    public boolean contains(String origin) {
        Set<String> known = all;
        return (known == null ? read() : known).contains(origin);
    }

    private Set<String> read() {
        Map<String, Versioned<Set<String>>> found = applications.activeRedirectUris();
        synchronized (this) {
            found.forEach((id, uris) -> byApplication.read(id, uris.map(BrowserOrigins::originsOf)));
            return collect();
        }
    }

    /** Who is reading all of them meanwhile finds this here, or comes later. */
    synchronized void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        boolean active = changed.application().state() == ApplicationState.ACTIVE;
        byApplication.committed(
                changed.applicationId(),
                new Versioned<>(changed.version(), active ? originsOf(changed.redirectUris()) : Set.of()));
        if (all != null) {
            collect();
        }
    }

    private Set<String> collect() {
        Set<String> collected = byApplication.values().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
        all = collected;
        return collected;
    }

    private static Set<String> originsOf(Set<String> redirectUris) {
        return redirectUris.stream().flatMap(uri -> originOf(uri).stream()).collect(Collectors.toUnmodifiableSet());
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
