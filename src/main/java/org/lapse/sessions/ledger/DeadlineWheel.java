package org.lapse.sessions.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A wheel of buckets, one for each span of 128 ms, that knows which sessions may be due. Not safe for use by several
 * threads: its ledger's lock guards it.
 *
 * <p>This is the simple timing wheel of Varghese and Lauck, scheme 6: a session hangs in the bucket of its deadline,
 * modulo the number of buckets, so that to arm and to disarm it takes a constant time, and a hand goes round and
 * empties each bucket when its span has come. Hierarchies of wheels pay where timers are longer than a lap; here a lap
 * is more than nine hours, the longest timeouts are hours, and a session whose deadline is beyond the lap is simply met
 * once in each lap and stays.
 *
 * <p>Five things differ from the paper. An activity does not move its session, which would cost a lock for every call:
 * the session stays where it is, in a bucket that can only be too early, and moves when the hand gets there. So a
 * timeout that becomes shorter need not look at the sessions either: it moves all buckets nearer to the hand. The
 * bucket under the hand is emptied in every sweep and not only when its span is over, so that no session waits for the
 * rest of it. A sweep that comes late catches up over all the buckets that it missed. And if the clock steps back, the
 * hand does too, after it has taken up what hangs under it, the only place where a session can hang later than its
 * deadline; and all the rest as well if the last sweep had not come to its end.
 *
 * @param <T> what the ledger keeps with a session
 * @see <a href="https://doi.org/10.1145/41457.37504">G. Varghese, T. Lauck: Hashed and Hierarchical Timing Wheels, SOSP
 *     1987</a>
 */
final class DeadlineWheel<T> {

    /** A bucket spans 2 to this power milliseconds. */
    static final int SPAN_BITS = 7;

    /** A lap has this many buckets, and takes 9 hours 19 minutes. */
    static final int BUCKETS = 1 << 18;

    private final Link[] buckets;

    /** Whether a session hangs where its deadline is by the activity that was written down. */
    private final boolean byWrittenActivity;

    /** What the hand has taken up and no sweep has looked at yet. */
    private final Link pending = new Link();

    /** What was offered before. Comes last, so that what cannot be ended does not keep others from their turn. */
    private final Link again = new Link();

    /** The span, counted from the epoch, that the last sweep has come to. Earlier buckets have been emptied. */
    private long hand;

    /** The span that the last sweep was to come to: later than the hand where the sweep found all that it might. */
    private long goal;

    /** A wheel whose hand stands at the given moment. */
    DeadlineWheel(Instant start) {
        this(start, false);
    }

    /**
     * A wheel whose hand stands at the given moment.
     *
     * @param byWrittenActivity whether it meets a session by the deadline that others see, who know only the activity
     *     that was written down
     */
    DeadlineWheel(Instant start, boolean byWrittenActivity) {
        this(start, BUCKETS, byWrittenActivity);
    }

    /** A wheel with another number of buckets, which must be a power of two. */
    DeadlineWheel(Instant start, int buckets) {
        this(start, buckets, false);
    }

    private DeadlineWheel(Instant start, int buckets, boolean byWrittenActivity) {
        this.buckets = new Link[buckets];
        this.byWrittenActivity = byWrittenActivity;
        this.hand = span(Millis.of(start));
        this.goal = hand;
    }

    /**
     * Hangs a session where the hand will meet it by its deadline; at once if it is known to have passed. One that has
     * ended leaves the wheel, and one that was taken as due stays away from it.
     */
    void arm(LiveSession<T> session) {
        switch (session.tag()) {
            case StatusWord.ACTIVE, StatusWord.HELD, StatusWord.LOCKED -> {
                session.leave();
                bucket(spanOf(session)).add(session);
            }
            case StatusWord.ENDED -> session.leave();
            default -> {
                if (!session.isTaken()) {
                    session.leave();
                    again.add(session);
                }
            }
        }
    }

    /**
     * Where the hand meets a session in use. By the activity that was written down its deadline may have passed already:
     * then the next sweep meets it, and not the present one, which goes on to its goal.
     */
    private long spanOf(LiveSession<T> session) {
        return byWrittenActivity
                ? Math.max(goal, span(session.writtenDeadlineMillis()))
                : Math.max(hand, span(session.deadlineMillis()));
    }

    /** Has the hand meet a session once more that was taken as due. */
    void offerAgain(LiveSession<T> session) {
        session.leave();
        arm(session);
    }

    /** Begins a sweep: takes up what hangs under the hand, whether or not its span is over. */
    void begin(long now) {
        long target = span(now);
        pending.addAllOf(bucket(hand));
        if (hand < goal && target < goal) {
            // The clock has stepped back before the last sweep had seen all of the buckets that it had jumped to.
            for (Link bucket : buckets) {
                if (bucket != null) {
                    pending.addAllOf(bucket);
                }
            }
        }
        goal = target;
        // A pause of more than a lap has missed each bucket at least once, and needs to see each only once.
        hand = Math.max(Math.min(hand, target), target - buckets.length);
    }

    /**
     * Goes on with a sweep.
     *
     * @param now the present moment, in milliseconds since the epoch
     * @param limit how many due sessions there may be in the list
     * @param work how many sessions and buckets to look at
     * @param due where to put the due ones, which leave the wheel
     * @return whether the sweep is complete; if not, it has run out of work, and goes on where it stopped
     */
    boolean advance(long now, int limit, int work, List<PassedDeadline<T>> due) {
        long target = span(now);
        for (int done = 0; done < work; done++) {
            if (due.size() >= limit) {
                return true;
            }
            if (!pending.isAlone()) {
                look(pending, now, due);
            } else if (hand < target) {
                hand++;
                pending.addAllOf(bucket(hand));
            } else if (!again.isAlone()) {
                look(again, now, due);
            } else {
                return true;
            }
        }
        return false;
    }

    /**
     * Makes final what has become of the sessions of a timeout whose deadline has passed by now. The next sweep finds
     * them, whatever becomes of the timeout.
     */
    void settle(SharedTimeout timeout, long now) {
        meetAll(now, session -> {
            if (session.timeout() == timeout) {
                session.settle(now);
            }
        });
    }

    /**
     * Makes final what has become by now of all sessions whose deadline has passed. The next sweep takes them.
     *
     * @return the sessions in use that others take for lapsed by now, because their last activity was not written down
     */
    List<LiveSession<T>> close(long now) {
        List<LiveSession<T>> unwritten = new ArrayList<>();
        meetAll(now, session -> {
            if (session.settle(now) == SessionStatus.ACTIVE
                    && session.hasUnwrittenUse()
                    && session.writtenDeadlineMillis() <= now) {
                unwritten.add(session);
            }
        });
        return unwritten;
    }

    /** Meets every session that may be due by now, and hangs it where it belongs then. */
    private void meetAll(long now, Consumer<LiveSession<T>> meeting) {
        begin(now);
        while (hand < goal) {
            hand++;
            pending.addAllOf(bucket(hand));
        }
        while (!pending.isAlone()) {
            LiveSession<T> session = first(pending);
            meeting.accept(session);
            arm(session);
        }
    }

    /**
     * Has the hand meet every session earlier by that much, because a timeout has become shorter by that much. Moves
     * whole buckets and looks at no session: those that need not have been met so early find their place then.
     *
     * @param millis by how much deadlines have come nearer, at the most
     */
    void hasten(long millis) {
        long earlier = span(millis) + 1;
        for (long span = hand + 1; span < hand + buckets.length; span++) {
            Link bucket = buckets[index(span)];
            if (bucket != null && !bucket.isAlone()) {
                bucket(Math.max(hand, span - earlier)).addAllOf(bucket);
            }
        }
    }

    private void look(Link ring, long now, List<PassedDeadline<T>> due) {
        LiveSession<T> session = first(ring);
        SessionStatus status = session.settle(now);
        if (status == SessionStatus.INACTIVE || status == SessionStatus.EXPIRED) {
            session.take();
            due.add(new PassedDeadline<>(session, status, session.lastActivity(), session.deadline()));
        } else {
            arm(session);
        }
    }

    @SuppressWarnings("unchecked") // only the heads of rings are anything else
    private LiveSession<T> first(Link ring) {
        return (LiveSession<T>) ring.next();
    }

    private int index(long span) {
        return (int) span & (buckets.length - 1);
    }

    private Link bucket(long span) {
        int index = index(span);
        Link bucket = buckets[index];
        if (bucket == null) {
            bucket = new Link();
            buckets[index] = bucket;
        }
        return bucket;
    }

    private static long span(long millis) {
        return millis >> SPAN_BITS;
    }
}
