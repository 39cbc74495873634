package org.lapse.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One node's memory of the live sessions. Any thread may use it. Looking a session up and recording its activity take no
 * lock; opening, locking and ending take one for as long as it takes to hang the session into a bucket.
 *
 * @param <T> what is kept with a session
 */
public final class SessionLedger<T> {

    /** How many sessions a sweep looks at before it lets others have the lock. */
    private static final int PORTION = 1024;

    private final SessionTable<T> sessions = new SessionTable<>();

    private final LongAdder locked = new LongAdder();

    /** Guards the wheel. Fair, so that a sweep that lets go of it for a moment lets others have it. */
    private final ReentrantLock turning = new ReentrantLock(true);

    private final DeadlineWheel<T> wheel;

    /** An empty ledger. */
    public SessionLedger(Instant start) {
        this(new DeadlineWheel<>(start));
    }

    SessionLedger(DeadlineWheel<T> wheel) {
        this.wheel = wheel;
    }

    /**
     * Remembers a new session.
     *
     * @param id the session's own identifier
     * @param token the digest of its access token
     * @param holder what is kept with it
     * @param timeout its inactivity timeout, which others may share
     * @param lastActivity when it was last used
     * @param expiresAt the end of its absolute life
     * @throws IllegalArgumentException if another session has the same token
     */
    public LiveSession<T> open(
            UUID id, TokenDigest token, T holder, SharedTimeout timeout, Instant lastActivity, Instant expiresAt) {
        return restore(id, token, holder, timeout, lastActivity, expiresAt, Kept.IN_USE);
    }

    /**
     * Remembers a session that was opened before, perhaps by another node.
     *
     * @param id the session's own identifier
     * @param token the digest of its access token
     * @param holder what is kept with it
     * @param timeout its inactivity timeout, which others may share
     * @param lastActivity when it was last used
     * @param expiresAt the end of its absolute life
     * @param kept whether it is locked, or held
     * @throws IllegalArgumentException if another session has the same token
     */
    public LiveSession<T> restore(
            UUID id,
            TokenDigest token,
            T holder,
            SharedTimeout timeout,
            Instant lastActivity,
            Instant expiresAt,
            Kept kept) {
        LiveSession<T> session = new LiveSession<>(id, token, holder, timeout, lastActivity, expiresAt, kept);
        if (!sessions.add(session)) {
            throw new IllegalArgumentException("Another session has the same token");
        }
        if (kept.locked()) {
            locked.increment();
        }
        arm(session);
        return session;
    }

    /** The session of an access token, by its digest, wherever it stands; empty once it has ended. */
    public Optional<LiveSession<T>> find(TokenDigest token) {
        return Optional.ofNullable(sessions.find(token));
    }

    /** The session of an access token, wherever it stands; empty once it has ended. */
    public Optional<LiveSession<T>> find(String accessToken) {
        return find(TokenDigest.of(accessToken));
    }

    /**
     * Takes access from a session until it is unlocked. Its inactivity no longer matters; its absolute end still does.
     *
     * @return whether it did: false if it was locked, had expired or had ended
     */
    public boolean lock(LiveSession<T> session) {
        turning.lock();
        try {
            if (!session.lock()) {
                return false;
            }
            locked.increment();
            wheel.arm(session);
            return true;
        } finally {
            turning.unlock();
        }
    }

    /**
     * Gives access back to a session that is locked, or inactive and about to be: its user has signed in again. That is
     * an activity, also for a session that is active still.
     *
     * @return whether the session is active now: false if it has expired or ended
     */
    public boolean unlock(LiveSession<T> session, Instant now) {
        turning.lock();
        try {
            Standing before = session.resume(Millis.of(now));
            if (before == Standing.EXPIRED || before == Standing.ENDED) {
                return false;
            }
            if (before == Standing.LOCKED) {
                locked.decrement();
            }
            wheel.arm(session);
            return true;
        } finally {
            turning.unlock();
        }
    }

    /**
     * Forgets a session. This is final.
     *
     * @return true for the first who ends it, false for all who come later
     */
    public boolean end(LiveSession<T> session) {
        int before = session.end();
        if (before == LiveSession.ENDED) {
            return false;
        }
        if (before == LiveSession.LOCKED || before == LiveSession.EXPIRED_WHILE_LOCKED) {
            locked.decrement();
        }
        sessions.remove(session);
        turning.lock();
        try {
            wheel.disarm(session);
        } finally {
            turning.unlock();
        }
        return true;
    }

    /**
     * Takes sessions whose deadline has passed, which are then to be ended or locked. They no longer give access, and
     * are not taken again unless {@linkplain #offerAgain offered again}.
     *
     * @param now the present moment
     * @param limit how many to take; where there are as many, there may be more
     * @throws IllegalArgumentException if the limit is not positive
     */
    public List<Due<T>> takeDue(Instant now, int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("The limit is positive, not " + limit);
        }
        long moment = Millis.of(now);
        List<Due<T>> due = new ArrayList<>();
        boolean begun = false;
        boolean complete = false;
        while (!complete) {
            turning.lock();
            try {
                if (!begun) {
                    wheel.begin(moment);
                    begun = true;
                }
                complete = wheel.advance(moment, limit, PORTION, due);
            } finally {
                turning.unlock();
            }
        }
        return due;
    }

    /**
     * Lets a session that was taken as due be taken again, because it could not be ended or locked. It does not give
     * access in between. Does nothing if it has ended, been locked or been unlocked since.
     */
    public void offerAgain(LiveSession<T> session) {
        arm(session);
    }

    /**
     * Changes the timeout of all sessions that share it. It holds at once, but for those that were inactive before. How
     * many sessions there are does not matter.
     *
     * @param shared the timeout to change
     * @param newTimeout how long the sessions may go unused from now on; empty if only their absolute life ends them
     * @param now the present moment
     * @throws IllegalArgumentException if the timeout is zero or negative
     */
    public void change(SharedTimeout shared, Optional<Duration> newTimeout, Instant now) {
        long newMillis = SharedTimeout.millis(newTimeout);
        long moment = Millis.of(now);
        turning.lock();
        try {
            wheel.settle(shared, moment);
            long before = shared.millis();
            shared.set(newMillis, moment);
            if (newMillis < before) {
                wheel.hasten(before - newMillis);
            }
        } finally {
            turning.unlock();
        }
    }

    /**
     * Has another timeout govern a session from now on, which it may share with others. A session that was inactive
     * before stays so.
     */
    public void govern(LiveSession<T> session, SharedTimeout timeout, Instant now) {
        changeInUse(session, () -> session.govern(timeout, Millis.of(now)));
    }

    /**
     * Keeps an active session from becoming inactive before a moment; its absolute end still counts. The timeout counts
     * from that moment, or from an activity that comes later. Another hold takes the place of this one.
     *
     * @param until the end of the hold
     * @param now the present moment
     * @return whether it did: false, and nothing has changed, if the session is not active
     */
    public boolean hold(LiveSession<T> session, Instant until, Instant now) {
        return changeInUse(session, () -> session.hold(Millis.of(until), Millis.of(now)));
    }

    /**
     * Ends the hold of a session before its time. The timeout counts from now, if the hold was not over before.
     *
     * @return whether the session is active
     */
    public boolean release(LiveSession<T> session, Instant now) {
        return changeInUse(session, () -> session.release(Millis.of(now)));
    }

    /** How many sessions there are, locked ones among them. */
    public long size() {
        return sessions.size();
    }

    /** How many sessions are locked; one whose absolute end passes while it is locked counts until it is ended. */
    public long locked() {
        return locked.sum();
    }

    /** Shows each session to a consumer. One that is opened or ended meanwhile may be shown or not. */
    public void forEach(Consumer<LiveSession<T>> consumer) {
        sessions.forEach(consumer);
    }

    private void arm(LiveSession<T> session) {
        turning.lock();
        try {
            wheel.arm(session);
        } finally {
            turning.unlock();
        }
    }

    /**
     * Changes the deadline of a session in one step that no sweep can come between: whatever has become of it since, it
     * hangs where the next sweep that may find it due will look.
     *
     * @param change answers whether the session was active
     */
    private boolean changeInUse(LiveSession<T> session, BooleanSupplier change) {
        turning.lock();
        try {
            boolean wasActive = change.getAsBoolean();
            if (wasActive) {
                wheel.arm(session);
            }
            return wasActive;
        } finally {
            turning.unlock();
        }
    }
}
