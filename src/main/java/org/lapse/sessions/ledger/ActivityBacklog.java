package org.lapse.sessions.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * The sessions whose activity waits to be written down, in the order in which they were used. A session comes in with
 * the first use that is worth writing, and is there once until that has been written. Any thread may record activity,
 * which takes no lock; one at a time may take what waits.
 *
 * @param <T> what the ledger keeps with a session
 */
public final class ActivityBacklog<T> {
    private final Duration worthWriting;
    private final Queue<LiveSession<T>> waiting = new ConcurrentLinkedQueue<>();
    private final LongAdder size = new LongAdder();

    /**
     * An empty backlog.
     *
     * @param worthWriting a use is worth writing if it is later than the written activity by more than that much
     */
    public ActivityBacklog(Duration worthWriting) {
        this.worthWriting = worthWriting;
    }

    /**
     * Records that a session is used, unless its deadline has come, and has it wait if that is worth writing.
     *
     * @param now the moment of the use; if one was recorded that is as late, that one stays the last
     * @param use what the session is used for, by a number less than {@link LiveSession#USES}
     * @return false, and nothing has changed, if the session is not active
     */
    public boolean recordActivity(LiveSession<T> session, Instant now, int use) {
        if (!session.recordActivity(now, use)) {
            return false;
        }
        // What is not the last activity waits for itself, or it is a guess, which nobody writes.
        if (session.wasLastUsed(now) && session.hasUnwrittenActivity(worthWriting)) {
            add(session);
        }
        return true;
    }

    private void add(LiveSession<T> session) {
        if (session.enterBacklog()) {
            size.increment();
            waiting.add(session);
        }
    }

    /**
     * Takes the sessions that have waited longest. Each of them is to be {@link #written}, or {@link #putBack put
     * back}.
     */
    public List<LiveSession<T>> take(int limit) {
        List<LiveSession<T>> taken = new ArrayList<>();
        LiveSession<T> session = limit > 0 ? waiting.poll() : null;
        while (session != null) {
            taken.add(session);
            session = taken.size() < limit ? waiting.poll() : null;
        }
        return taken;
    }

    /**
     * Says that an activity of a session was committed, whether it waited for that or not. It waits anew if it was used
     * since, so much later that this is worth writing too.
     */
    public void written(LiveSession<T> session, Instant activity) {
        if (session.leaveBacklog(Millis.of(activity))) {
            size.decrement();
        }
        // A use that came after the activity was read, and before the session left, has not added it.
        if (session.hasUnwrittenActivity(worthWriting)) {
            add(session);
        }
    }

    /** Has sessions wait again whose activity could not be written. */
    public void putBack(Collection<LiveSession<T>> sessions) {
        waiting.addAll(sessions);
    }

    /** How many sessions wait, those among them that are being written. */
    public long size() {
        return size.sum();
    }
}
