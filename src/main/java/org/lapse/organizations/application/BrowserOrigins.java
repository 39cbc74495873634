package org.lapse.organizations.application;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.clock.WallClock;

/**
 * The origins in which registered applications run, as they stood a few seconds ago; a change made here holds at once.
 * While the database does not answer, they stay as they were: nobody who needs no database waits for them.
 */
@Singleton
public class BrowserOrigins {
    private static final Logger LOG = Logger.getLogger(BrowserOrigins.class.getName());
    private static final Duration KEPT = Duration.ofSeconds(10);

    /** So long after that they are still good enough, while they are being read anew. */
    private static final Duration GOOD_ENOUGH = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Applications applications;
    private final WallClock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Read read;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Inject
    BrowserOrigins(Applications applications, WallClock clock) {
        this.applications = applications;
        this.clock = clock;
    }

    /**
     * Whether a registered application runs in that origin.
     *
     * @throws ApiException 503 if the origins have never been read and somebody else has been reading them for too long
     */
    public boolean contains(String origin) {
        Instant now = clock.now();
        Read known = read;
        if (known == null || known.changes != changes.get() || !now.isBefore(known.at.plus(GOOD_ENOUGH))) {
            known = readNow(now);
        } else if (!now.isBefore(known.at.plus(KEPT)) && !reading.isLocked()) {
            executor.execute(this::readMeanwhile);
        }
        return known.origins.contains(origin);
    }

    private Read readNow(Instant now) {
        try {
            if (reading.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    return readUnlessFresh(now);
                } finally {
                    reading.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Read known = read;
        if (known == null) {
            throw ApiException.serviceUnavailable("The database is out of reach.", PATIENCE.toSeconds());
        }
        return known;
    }

    private void readMeanwhile() {
        if (reading.tryLock()) {
            try {
                readUnlessFresh(clock.now());
            } finally {
                reading.unlock();
            }
        }
    }

    private Read readUnlessFresh(Instant now) {
        Read known = read;
        long change = changes.get();
        if (known != null && known.changes == change && now.isBefore(known.at.plus(KEPT))) {
            return known;
        }
        Read recent = new Read(readAfter(known), now, change);
        read = recent;
        return recent;
    }

    private Set<String> readAfter(@Nullable Read known) {
        try {
            return applications.redirectUris().stream()
                    .flatMap(uri -> originOf(uri).stream())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (RuntimeException e) {
            if (known == null) {
                throw e;
            }
            LOG.log(Level.WARNING, "The origins of applications could not be read anew: they stay as they were", e);
            return known.origins;
        }
    }

    /**
     * Somebody has changed an application, perhaps where it runs: anybody who asks from now on waits for what it is
     * now.
     */
    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        changes.incrementAndGet();
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

    /** What was read, when, and after how many changes. */
    private record Read(Set<String> origins, Instant at, long changes) {}
}
