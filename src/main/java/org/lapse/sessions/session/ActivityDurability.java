package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.sessions.ledger.LiveSession;

/**
 * What a use that was answered may lose if the server crashes directly afterwards: {@code lapse.activity.durability}.
 *
 * <p>{@code relaxed}: no use waits. The first one after a quiet time that is longer than the {@link WriteTolerance} is
 * lost if the server crashes before the {@link ActivityWriter} has come round. {@code strict}: such a use is answered
 * when it is committed, together with all others that wait, and nothing is lost.
 *
 * <p>Where a node was lost, a session may be in use only because that node may have granted a use. Then the next use
 * waits in either case.
 *
 * <p>Nobody waits longer than {@link #BOUND}. Once that has passed in vain, the database does not answer, and nobody
 * waits at all until it has committed something: the uses hold, in memory, and are answered unwritten.
 */
@Singleton
class ActivityDurability {
    /** How long a use waits at the most. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    private final boolean strict;
    private final Duration tolerance;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();
    private final LongAdder answeredUnwritten = new LongAdder();
    private volatile boolean inVain;

    @Inject
    ActivityDurability(
            @ConfigProperty(name = "lapse.activity.durability", defaultValue = "relaxed") String durability,
            WriteTolerance tolerance) {
        this.strict = switch (durability) {
            case "strict" -> true;
            case "relaxed" -> false;
            default ->
                throw new IllegalArgumentException("lapse.activity.durability is relaxed or strict, not " + durability);
        };
        this.tolerance = tolerance.whole();
    }

    /**
     * Waits, where uses wait, until a use at that moment would survive a crash.
     *
     * @param guessed whether it waits in any case, because another node may take the session for lapsed
     */
    void awaitWritten(LiveSession<SessionPrincipal> session, Instant moment, boolean guessed) {
        if ((strict || guessed) && isAtRisk(session, moment) && (inVain || !isWrittenInTime(session, moment))) {
            answeredUnwritten.increment();
        }
    }

    private boolean isAtRisk(LiveSession<SessionPrincipal> session, Instant moment) {
        return session.isAheadOfWritten(moment, tolerance);
    }

    private boolean isWrittenInTime(LiveSession<SessionPrincipal> session, Instant moment) {
        lock.lock();
        try {
            long left = BOUND.toNanos();
            while (isAtRisk(session, moment)) {
                if (left <= 0) {
                    inVain = true;
                    return false;
                }
                left = committed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Lets those go on whose uses were written by a transaction that was committed just now. */
    void committed() {
        inVain = false;
        lock.lock();
        try {
            committed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many uses were answered before they were written, although they were to wait. */
    long answeredUnwritten() {
        return answeredUnwritten.sum();
    }
}
