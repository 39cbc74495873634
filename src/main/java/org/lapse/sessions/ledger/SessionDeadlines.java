package org.lapse.sessions.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The deadlines of sessions, on a {@link DeadlineWheel} that many threads share: who has its lock turns it, and others
 * leave what they have for it to be placed. Any thread may use it.
 *
 * @param <T> what the ledger keeps with a session
 */
final class SessionDeadlines<T> {

    /** How many sessions a sweep looks at before it lets others have the lock. */
    private static final int PORTION = 1024;

    /** Sessions that must find their place on the wheel anew. The next who has the lock sees to it. */
    private final Queue<LiveSession<T>> moved = new ConcurrentLinkedQueue<>();

    /** Sessions that were taken as due and are to be taken again. */
    private final Queue<LiveSession<T>> offered = new ConcurrentLinkedQueue<>();

    /** Guards the wheel. */
    private final ReentrantLock turning = new ReentrantLock();

    private final DeadlineWheel<T> wheel;

    SessionDeadlines(DeadlineWheel<T> wheel) {
        this.wheel = wheel;
    }

    /**
     * Takes sessions whose deadline has passed at a moment, in milliseconds since the epoch, and no more than the
     * limit.
     */
    List<PassedDeadline<T>> takePassed(long now, int limit) {
        List<PassedDeadline<T>> due = new ArrayList<>();
        boolean begun = false;
        boolean complete = false;
        while (!complete) {
            turning.lock();
            try {
                placeMoved();
                if (!begun) {
                    wheel.begin(now);
                    begun = true;
                }
                complete = wheel.advance(now, limit, PORTION, due);
            } finally {
                turning.unlock();
            }
        }
        return due;
    }

    /**
     * Makes final which deadlines have passed at a moment, in milliseconds since the epoch. Answers the sessions in use
     * that others take for lapsed, because their last activity was not written down.
     */
    List<LiveSession<T>> close(long now) {
        turning.lock();
        try {
            placeMoved();
            return wheel.close(now);
        } finally {
            turning.unlock();
        }
    }

    /**
     * Changes a timeout at a moment, all in milliseconds.
     *
     * @param held until when it held before: what has become of its sessions by then is final
     */
    void change(SharedTimeout shared, long newTimeout, long held, long now) {
        turning.lock();
        try {
            placeMoved();
            wheel.settle(shared, held);
            long before = shared.millis();
            shared.set(newTimeout, now);
            if (newTimeout < before) {
                wheel.hasten(before - newTimeout);
            }
        } finally {
            turning.unlock();
        }
    }

    /**
     * Says that a session may hang in a bucket that is too late for it, or need not hang there any more. Whatever has
     * become of it since, the next sweep finds it where it looks. Waits for nobody: it is placed at once if the wheel
     * is free, and otherwise by who turns it.
     */
    void move(LiveSession<T> session) {
        moved.add(session);
        placeIfFree();
    }

    /** Lets a session that was taken as due be taken again. */
    void offerAgain(LiveSession<T> session) {
        offered.add(session);
        placeIfFree();
    }

    private void placeIfFree() {
        if (turning.tryLock()) {
            try {
                placeMoved();
            } finally {
                turning.unlock();
            }
        }
    }

    private void placeMoved() {
        LiveSession<T> session = moved.poll();
        while (session != null) {
            wheel.arm(session);
            session = moved.poll();
        }
        session = offered.poll();
        while (session != null) {
            wheel.offerAgain(session);
            session = offered.poll();
        }
    }
}
