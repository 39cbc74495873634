package org.lapse.platform.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets only so many requests use the database at a time: fewer than the server answers at a time. However long they
 * wait, what needs no database finds a thread. {@link DatabaseAdmissionFilter} gives the places back.
 */
@Singleton
public class DatabaseAdmission {
    /** The part of the places that is given while somebody else needs the database more. */
    private static final int SHARE = 10;

    /** So many places more are given after each turn of that one. */
    private static final int STEP = 2;

    private static final String PLACE = "org.lapse.platform.database-place";

    private final int maximum;
    private final Semaphore places;
    private final LongAdder refused = new LongAdder();
    private volatile BooleanSupplier somebodyWaits = () -> false;
    private volatile int given;

    @Inject
    DatabaseAdmission(@ConfigProperty(name = "lapse.database.calls-maximum", defaultValue = "120") int maximum) {
        if (maximum < 1) {
            throw new IllegalArgumentException(
                    "lapse.database.calls-maximum lets at least one call in, not " + maximum);
        }
        this.maximum = maximum;
        this.places = new Semaphore(maximum);
        this.given = maximum;
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
        if (!takePlace()) {
            refused.increment();
            throw ApiException.serviceUnavailable(
                    "Too many calls wait for the database. Repeat this one later.", DatabaseOutage.RETRY_AFTER_SECONDS);
        }
        request.setAttribute(PLACE, Place.TAKEN);
    }

    private boolean takePlace() {
        if (!places.tryAcquire()) {
            return false;
        }
        if (somebodyWaits.getAsBoolean()) {
            given = Math.max(1, maximum / SHARE);
        }
        if (inside() > given) {
            places.release();
            return false;
        }
        return true;
    }

    /**
     * Has requests give way to somebody who needs the database more: once that one waits for it, only a tenth of the
     * places is given, so that connections are left. There are more again, step by step, each time that it {@linkplain
     * #hadItsTurn had its turn}.
     *
     * @param waits whether it waits for too long at the moment
     */
    public void giveWay(BooleanSupplier waits) {
        somebodyWaits = waits;
    }

    /** Whoever requests give way to has got what it needed. */
    public void hadItsTurn() {
        given = Math.min(maximum, given + STEP);
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
