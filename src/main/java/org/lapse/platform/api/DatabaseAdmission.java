package org.lapse.platform.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets only so many requests use the database at a time: fewer than the server answers at a time. However long they
 * wait, what needs no database finds a thread. {@link DatabaseAdmissionFilter} gives the places back.
 */
@Singleton
public class DatabaseAdmission {
    private static final String PLACE = "org.lapse.platform.database-place";

    private final int maximum;
    private final Semaphore places;
    private final LongAdder refused = new LongAdder();

    @Inject
    DatabaseAdmission(@ConfigProperty(name = "lapse.database.calls-maximum", defaultValue = "120") int maximum) {
        if (maximum < 1) {
            throw new IllegalArgumentException(
                    "lapse.database.calls-maximum lets at least one call in, not " + maximum);
        }
        this.maximum = maximum;
        this.places = new Semaphore(maximum);
    }

    /**
     * Takes a place for that request, unless it has one already. It keeps the place until it has been answered.
     *
     * @throws ApiException 503 with {@code Retry-After} if all places are taken
     */
    public void enter(HttpServletRequest request) {
        if (request.getAttribute(PLACE) == Place.TAKEN) {
            return;
        }
        if (request.getAttribute(PLACE) != Place.OFFERED) {
            throw new IllegalStateException("DatabaseAdmissionFilter is not mapped to " + request.getRequestURI());
        }
        if (!places.tryAcquire()) {
            refused.increment();
            throw ApiException.serviceUnavailable(
                    "Too many calls wait for the database. Repeat this one later.", DatabaseOutage.RETRY_AFTER_SECONDS);
        }
        request.setAttribute(PLACE, Place.TAKEN);
    }

    /** From here until {@link #leave} the request may take a place. */
    void offer(HttpServletRequest request) {
        request.setAttribute(PLACE, Place.OFFERED);
    }

    /** Gives the request's place back, if it has taken one. */
    void leave(HttpServletRequest request) {
        if (request.getAttribute(PLACE) == Place.TAKEN) {
            places.release();
        }
        request.removeAttribute(PLACE);
    }

    /** How many requests have a place at the moment. */
    public int inside() {
        return maximum - places.availablePermits();
    }

    /** How many requests have been refused since the start. */
    public long refused() {
        return refused.sum();
    }

    private enum Place {
        OFFERED,
        TAKEN
    }
}
