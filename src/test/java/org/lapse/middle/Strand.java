package org.lapse.middle;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work in a thread of its own, which stops at every boundary of its transactions until the test lets it go
 * on. A transaction that has not used the database has no boundaries, and neither has one that is rolled back. Only the
 * test's thread may use it.
 */
public final class Strand {
    /** Where a strand is, as soon as it does not move by itself. */
    public enum Place {
        /** Nothing has been done. */
        BEGINNING,
        /** Everything is written, locks are held, and nobody else sees it. */
        BEFORE_COMMIT,
        /** Everybody can see it, locks are free, and no observer has been told of the success. */
        AFTER_COMMIT,
        /** Waits for a lock that another strand holds; it is on its way to the next boundary. */
        BLOCKED,
        /** The work is done, or it has thrown. */
        END
    }

    private static final Duration TRANSIENT = Duration.ofSeconds(2);
    private static final ThreadLocal<@Nullable Strand> CURRENT = new ThreadLocal<>();
    private static final Duration PATIENCE = Duration.ofSeconds(50);
    private static final long LOOK_EVERY_MILLIS = 3;

    /** So often a lock must be found waited for, one look after the other: some waits are over by themselves. */
    private static final int LOOKS = 10;

    private final String name;
    private final Strands strands;
    private final Thread thread;
    private final Set<Integer> databaseSessions = ConcurrentHashMap.newKeySet();

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Place place = Place.BEGINNING;
    private boolean moving;
    private boolean stopsNoMore;
    private @Nullable Throwable failure;

    Strand(String name, Strands strands, Runnable work) {
        this.name = name;
        this.strands = strands;
        this.thread = new Thread(() -> run(work), name);
        this.thread.setDaemon(true);
    }

    private void run(Runnable work) {
        CURRENT.set(this);
        try {
            work.run();
        } catch (Throwable e) {
            failure = e;
        } finally {
            CURRENT.remove();
            arrive(Place.END);
        }
    }

    static @Nullable Strand current() {
        return CURRENT.get();
    }

    /** Stops the strand in whose thread this is called, if it is called in one. */
    static void pass(Place boundary) {
        Strand strand = CURRENT.get();
        if (strand != null) {
            strand.arrive(boundary);
        }
    }

    /** The strand's thread uses that session of the database until the answer is run. */
    Runnable uses(int databaseSession) {
        databaseSessions.add(databaseSession);
        return () -> databaseSessions.remove(databaseSession);
    }

    private void arrive(Place boundary) {
        lock.lock();
        try {
            if (stopsNoMore && boundary != Place.END) {
                return;
            }
            place = boundary;
            moving = false;
            changed.signalAll();
            while (boundary != Place.END && !moving) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets the strand go on to the next boundary, or on where it was blocked, and says where it is then. */
    public Place goOn() {
        lock.lock();
        try {
            if (place == Place.BEGINNING && !moving) {
                thread.start();
            }
            if (place != Place.END) {
                moving = true;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return place();
    }

    /**
     * Lets the strand go on as far as that place.
     *
     * @throws AssertionError if it does not come there
     */
    public Strand goOnTo(Place wanted) {
        Place now;
        do {
            now = goOn();
            // Others' short waits, such as for a class to be loaded, are over before long.
            long end = System.nanoTime() + TRANSIENT.toNanos();
            while (now == Place.BLOCKED && wanted != Place.BLOCKED && System.nanoTime() < end) {
                now = place();
            }
        } while (now != wanted && now != Place.END && now != Place.BLOCKED);
        if (now != wanted) {
            throw new AssertionError(name + " is at " + now + " and not at " + wanted, failure);
        }
        return this;
    }

    /**
     * Lets the strand go on to its end.
     *
     * @throws AssertionError if the work throws, or another strand holds a lock that it needs
     */
    public void finish() {
        goOnTo(Place.END);
        failure().ifPresent(thrown -> {
            throw new AssertionError(name + " has thrown", thrown);
        });
    }

    /** What the work has thrown. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Where the strand is; waits until it is somewhere. */
    public Place place() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int waits = 0;
        while (System.nanoTime() < end) {
            Optional<Place> stopped = stoppedWithin(LOOK_EVERY_MILLIS);
            if (stopped.isPresent()) {
                return stopped.get();
            }
            waits = waitsForALock() ? waits + 1 : 0;
            if (waits == LOOKS) {
                return Place.BLOCKED;
            }
        }
        throw new AssertionError(name + " neither stops nor waits for a lock, but is here:\n" + stack());
    }

    /** What its thread does, one call a line. */
    public String stack() {
        return Arrays.stream(thread.getStackTrace()).map(Object::toString).collect(Collectors.joining("\n"));
    }

    private Optional<Place> stoppedWithin(long millis) {
        lock.lock();
        try {
            long left = Duration.ofMillis(millis).toNanos();
            while (moving && left > 0) {
                left = changed.awaitNanos(left);
            }
            return moving ? Optional.empty() : Optional.of(place);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }

    /** For a row or a table in the database, or for a monitor in this JVM. */
    private boolean waitsForALock() {
        try {
            return thread.getState() == Thread.State.BLOCKED
                    || strands.waitingSessions().stream().anyMatch(databaseSessions::contains);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the strand go on to its end and stop nowhere; does not wait. */
    void release() {
        lock.lock();
        try {
            stopsNoMore = true;
            moving = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void join() {
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
