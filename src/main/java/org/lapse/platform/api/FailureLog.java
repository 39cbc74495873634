package org.lapse.platform.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.clock.Uptime;

/**
 * Logs the requests that failed. A fault of our own is logged each time, with its stack trace and the correlation id
 * that the client sees. A database out of reach is the same for every request, so it takes one line in ten seconds,
 * with their number.
 */
@Singleton
public class FailureLog {
    static final Duration OUTAGE_INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(FailureLog.class.getName());

    private final Supplier<Duration> uptime;
    private @Nullable Duration lastOutage;
    private long unlogged;

    @Inject
    FailureLog(Uptime uptime) {
        this(uptime::elapsed);
    }

    FailureLog(Supplier<Duration> uptime) {
        this.uptime = uptime;
    }

    /** Logs that a request failed. */
    public void failed(HttpServletRequest request, Throwable fault) {
        String id = CorrelationFilter.correlationIdOf(request);
        if (DatabaseOutage.isBehind(fault)) {
            outage(id, fault);
        } else {
            LOG.log(Level.SEVERE, fault, () -> "Request " + id + " failed");
        }
    }

    private void outage(String id, Throwable fault) {
        long others;
        synchronized (this) {
            Duration now = uptime.get();
            if (lastOutage != null && now.minus(lastOutage).compareTo(OUTAGE_INTERVAL) < 0) {
                unlogged++;
                return;
            }
            lastOutage = now;
            others = unlogged;
            unlogged = 0;
        }
        LOG.log(
                Level.WARNING,
                "Request {0} failed, and {1} others since this was last logged: the database is out of reach ({2})",
                new Object[] {id, others, rootOf(fault)});
    }

    private static Throwable rootOf(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
