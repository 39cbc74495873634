package org.lapse.organizations.directory;

import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A semaphore whose permits go to the lowest rank first, and among equal ranks to the one who came first. So few may
 * wait that they never take all threads of a server: when one more comes, the last in the order is turned away.
 *
 * <p>A permit is handed over: {@link #release} gives it to a waiter, and nobody who comes later can snatch it.
 */
final class PrioritySemaphore {
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<Waiter> waiting = new TreeSet<>();
    private final int mostWaiting;
    private int free;
    private long arrivals;

    /**
     * A semaphore, all of whose permits are free.
     *
     * @param permits how many there are
     * @param mostWaiting how many may wait for one at the same time
     */
    PrioritySemaphore(int permits, int mostWaiting) {
        if (permits < 1 || mostWaiting < 0) {
            throw new IllegalArgumentException(
                    "At least one permit, not " + permits + ", and " + mostWaiting + " wait");
        }
        this.free = permits;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Waits for a permit. Anybody who gets one must {@link #release} it.
     *
     * @param rank the lower, the sooner
     * @param patience how long to wait at the most
     * @return false where there was none in time, or too many waited who come before, or the thread was interrupted
     */
    boolean tryAcquire(int rank, Duration patience) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return true;
            }
            Waiter waiter = new Waiter(rank, arrivals++, lock.newCondition());
            waiting.add(waiter);
            if (waiting.size() > mostWaiting) {
                waiting.last().turnAway();
            }
            return waiter.await(patience);
        } finally {
            lock.unlock();
        }
    }

    /** Hands a permit to the first who waits. */
    void release() {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                free++;
            } else {
                waiting.first().admit();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many wait now. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** A thread that waits; all of it under the lock. */
    private final class Waiter implements Comparable<Waiter> {
        private static final Comparator<Waiter> ORDER =
                Comparator.<Waiter>comparingInt(waiter -> waiter.rank).thenComparingLong(waiter -> waiter.arrival);

        private final int rank;
        private final long arrival;
        private final Condition decided;
        private boolean admitted;

        private Waiter(int rank, long arrival, Condition decided) {
            this.rank = rank;
            this.arrival = arrival;
            this.decided = decided;
        }

        private boolean await(Duration patience) {
            try {
                long nanos = patience.toNanos();
                while (waiting.contains(this) && nanos > 0) {
                    nanos = decided.awaitNanos(nanos);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            waiting.remove(this);
            return admitted;
        }

        private void admit() {
            admitted = true;
            turnAway();
        }

        private void turnAway() {
            waiting.remove(this);
            decided.signal();
        }

        @Override
        public int compareTo(Waiter other) {
            return ORDER.compare(this, other);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(arrival);
        }
    }
}
