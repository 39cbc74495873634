package org.lapse.application;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.clock.WallClock;
import org.lapse.timeout.TimeoutRulesChanged;

/** The origins in which registered applications run, as they stood a few seconds ago at the most; a change made here holds at once. */
@Singleton
public class BrowserOrigins {
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Applications applications;
    private final WallClock clock;
    private volatile @Nullable Read read;

    @Inject
    BrowserOrigins(Applications applications, WallClock clock) {
        this.applications = applications;
        this.clock = clock;
    }

    /** Whether a registered application runs in that origin. */
    public boolean contains(String origin) {
        Instant now = clock.now();
        Read recent = read;
        if (recent == null || !now.isBefore(recent.at.plus(KEPT))) {
            recent = readAnew(now);
        }
        return recent.origins.contains(origin);
    }

    private synchronized Read readAnew(Instant now) {
        Read recent = new Read(
                applications.redirectUris().stream()
                        .flatMap(uri -> originOf(uri).stream())
                        .collect(Collectors.toUnmodifiableSet()),
                now);
        read = recent;
        return recent;
    }

    /** Somebody has changed an application, perhaps where it runs. */
    synchronized void forget(@Observes TimeoutRulesChanged changed) {
        read = null;
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

    /** What was read, and when. */
    private record Read(Set<String> origins, Instant at) {}
}
