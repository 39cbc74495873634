package org.lapse.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session that this node remembers: whose it is, when it was last used and until when it lives. It is the digest of its
 * access token besides, by which it is found.
 *
 * <p>Last activity, what it was and the standing are one number that is only ever changed by compare-and-set. So an
 * activity and the end of a session cannot pass each other: whichever comes second sees the first. Last activity never
 * goes back, and what was once found inactive or expired stays so, whatever becomes of the timeout or the clock, until
 * its user unlocks it.
 *
 * <p>What a use of the token reads and writes lies side by side: the digest, the timeout, this number and the absolute
 * end. Among a million sessions each line of memory that is touched costs more than everything that is done with it.
 *
 * @param <T> what the ledger keeps with a session
 */
public final class LiveSession<T> extends Link {

    static final int ACTIVE = 0;
    static final int LOCKED = 1;
    static final int INACTIVE = 2;
    static final int EXPIRED = 3;
    static final int EXPIRED_WHILE_LOCKED = 4;
    static final int ENDED = 5;

    /** Active, and not inactive before its hold is over. */
    static final int HELD = 6;

    private static final int TAG_BITS = 3;
    private static final int USE_BITS = 13;
    private static final int MOMENT_SHIFT = TAG_BITS + USE_BITS;
    private static final long TAG_MASK = (1L << TAG_BITS) - 1;

    /** A use is a number below this one. */
    public static final int USES = 1 << USE_BITS;

    private static final long UNKNOWN = Long.MIN_VALUE;

    private static final VarHandle STATE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(LiveSession.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * The last activity in milliseconds since the epoch, below it in {@link #USE_BITS} bits what it was, and in the lowest
     * {@link #TAG_BITS} bits the tag.
     */
    private volatile long state;

    private final long expiresAt;

    /** The activity that stands in the database, in milliseconds since the epoch. Only its writer changes it. */
    private volatile long written;

    /** The session's identifier, which as an object of its own would take three times as much. */
    private final long idFirst;

    private final long idSecond;

    private volatile SharedTimeout timeout;
    private volatile T holder;

    /** The next one in the chain of the table. */
    private volatile @Nullable LiveSession<T> nextInChain;

    /**
     * The deadline that passed when the session was found inactive, because the timeout may have changed since. Written
     * after the fact by the one who found it; unknown for that moment.
     */
    private volatile long inactiveSince = UNKNOWN;

    /**
     * The end of the hold, in milliseconds since the epoch, while the tag is {@link #HELD}. Whoever changes it, or
     * decides by it, holds the session's monitor.
     */
    private volatile long heldUntil = UNKNOWN;

    LiveSession(
            UUID id,
            TokenDigest token,
            T holder,
            SharedTimeout timeout,
            Instant lastActivity,
            Instant expiresAt,
            Kept kept) {
        super(token);
        this.idFirst = id.getMostSignificantBits();
        this.idSecond = id.getLeastSignificantBits();
        this.holder = holder;
        this.timeout = timeout;
        this.expiresAt = Millis.of(expiresAt);
        this.written = Millis.of(lastActivity);
        this.heldUntil = kept.heldUntil().map(Millis::of).orElse(UNKNOWN);
        this.state = state(Millis.of(lastActivity), 0, kept.tag());
    }

    /** The session's own identifier. */
    public UUID id() {
        return new UUID(idFirst, idSecond);
    }

    /** What the ledger keeps with the session. */
    public T holder() {
        return holder;
    }

    /** From now on the ledger keeps this with the session. */
    public void handOver(T newHolder) {
        holder = newHolder;
    }

    /** The inactivity timeout, which others share. */
    public SharedTimeout timeout() {
        return timeout;
    }

    /** The end of the session's absolute life. */
    public Instant expiresAt() {
        return Instant.ofEpochMilli(expiresAt);
    }

    /** The latest moment at which the session was used while it was active. */
    public Instant lastActivity() {
        return Instant.ofEpochMilli(moment(state));
    }

    /** What the last activity was, by a number that says so to whoever recorded it; 0 where nobody has. */
    public int lastUse() {
        return use(state);
    }

    /**
     * Says what the last activity was, which the ledger itself has recorded.
     *
     * @param use not negative, and less than {@link #USES}
     */
    public void usedFor(int use) {
        long seen;
        do {
            seen = state;
        } while (!STATE.compareAndSet(this, seen, state(moment(seen), use, tag(seen))));
    }

    /** The end of the hold, also where it has passed; empty if the session is not held. */
    public Optional<Instant> heldUntil() {
        return tag(state) == HELD ? Optional.of(Instant.ofEpochMilli(heldUntil)) : Optional.empty();
    }

    /** Last activity, or the end of the hold if that is later, plus timeout; empty without an inactivity timeout. */
    public Optional<Instant> inactiveAt() {
        long millis = timeout.millis();
        return millis == Millis.MAXIMUM ? Optional.empty() : Optional.of(Instant.ofEpochMilli(used(state) + millis));
    }

    /**
     * The moment at which the session ends or locks unless it is used again: the earlier of {@link #inactiveAt()} and
     * {@link #expiresAt()}, and while it is locked the latter. Once it was found inactive, the moment at which it became
     * so.
     */
    public Instant deadline() {
        return Instant.ofEpochMilli(deadlineMillis());
    }

    /**
     * Where the session stands. What is found {@link Standing#INACTIVE} or {@link Standing#EXPIRED} stays so for every
     * later question, whatever its moment. Where both deadlines have passed the earlier one decides, and the absolute
     * end where they are equal.
     */
    public Standing standing(Instant now) {
        return settle(Millis.of(now));
    }

    /**
     * Records that the session is used, unless its deadline has come: the deadline first, then the activity.
     *
     * @param now the moment of the use; if one was recorded that is as late, that one stays the last
     * @param use what the session is used for, by a number less than {@link #USES}
     * @return false, and nothing has changed, if the session is not active
     */
    public boolean recordActivity(Instant now, int use) {
        long moment = Millis.of(now);
        while (true) {
            long seen = state;
            if (settle(moment) != Standing.ACTIVE) {
                return false;
            }
            if (moment <= moment(seen) || STATE.compareAndSet(this, seen, state(moment, use, tag(seen)))) {
                return true;
            }
        }
    }

    /** Whether the last activity is later than the one that was written down, by more than that much. */
    public boolean hasUnwrittenActivity(Duration worthWriting) {
        return moment(state) - written > worthWriting.toMillis();
    }

    /** Remembers which activity was written down last. A new session's first activity counts as written. */
    public void activityWritten(Instant activity) {
        written = Millis.of(activity);
    }

    long deadlineMillis() {
        long seen = state;
        int tag = tag(seen);
        if (tag == INACTIVE && inactiveSince != UNKNOWN) {
            return inactiveSince;
        }
        if (tag == LOCKED || tag == EXPIRED || tag == EXPIRED_WHILE_LOCKED) {
            return expiresAt;
        }
        return deadline(seen);
    }

    /** Where it stands at a moment; a deadline that is found to have passed is final from here on. */
    Standing settle(long now) {
        while (true) {
            long seen = state;
            switch (tag(seen)) {
                case ACTIVE -> {
                    if (now < deadline(seen)) {
                        return Standing.ACTIVE;
                    }
                    lapse(seen, now);
                }
                case HELD -> {
                    synchronized (this) {
                        if (now < deadline(seen)) {
                            return Standing.ACTIVE;
                        }
                        lapse(seen, now);
                    }
                }
                case LOCKED -> {
                    if (now < expiresAt) {
                        return Standing.LOCKED;
                    }
                    if (change(seen, EXPIRED_WHILE_LOCKED)) {
                        return Standing.EXPIRED;
                    }
                }
                case INACTIVE -> {
                    return Standing.INACTIVE;
                }
                case EXPIRED, EXPIRED_WHILE_LOCKED -> {
                    return Standing.EXPIRED;
                }
                default -> {
                    return Standing.ENDED;
                }
            }
        }
    }

    /** Makes a session whose deadline has passed inactive or expired, unless it was changed meanwhile. */
    private void lapse(long seen, long now) {
        long used = used(seen);
        long inactiveAt = used + timeout.millis();
        if (expiresAt <= inactiveAt) {
            change(seen, EXPIRED);
        } else if (STATE.compareAndSet(this, seen, state(used, use(seen), INACTIVE))) {
            // A timeout that was shortened afterwards did not make it inactive before it was.
            inactiveSince = Math.min(now, Math.max(inactiveAt, timeout.changedAt()));
        }
    }

    /** Keeps it from becoming inactive before that moment, if it is active; answers whether it is. */
    synchronized boolean hold(long until, long now) {
        while (true) {
            long seen = state;
            if (settle(now) != Standing.ACTIVE) {
                return false;
            }
            heldUntil = until;
            if (tag(seen) == HELD || change(seen, HELD)) {
                return true;
            }
        }
    }

    /** Ends the hold, which counts as an activity at its end; answers whether the session is active. */
    synchronized boolean release(long now) {
        while (true) {
            long seen = state;
            if (settle(now) != Standing.ACTIVE) {
                return false;
            }
            if (tag(seen) != HELD) {
                return true;
            }
            long used = Math.max(moment(seen), Math.min(now, heldUntil));
            if (STATE.compareAndSet(this, seen, state(used, use(seen), ACTIVE))) {
                return true;
            }
        }
    }

    /**
     * Has another timeout govern it from now on; because of that it is not found inactive before now. Answers whether it
     * was active.
     */
    boolean govern(SharedTimeout newTimeout, long now) {
        boolean wasActive = settle(now) == Standing.ACTIVE;
        timeout = newTimeout;
        if (wasActive && settle(now) == Standing.INACTIVE) {
            inactiveSince = now;
        }
        return wasActive;
    }

    /** Locks it if it is active or inactive; answers whether it did. */
    boolean lock() {
        while (true) {
            long seen = state;
            int tag = tag(seen);
            if (tag != ACTIVE && tag != HELD && tag != INACTIVE) {
                return false;
            }
            if (change(seen, LOCKED)) {
                return true;
            }
        }
    }

    /** Makes it active with an activity now, unless it is expired or ended; answers where it stood before. */
    Standing resume(long now) {
        while (true) {
            long seen = state;
            Standing before = settle(now);
            if (before == Standing.INACTIVE && now >= expiresAt) {
                return Standing.EXPIRED;
            }
            if (before == Standing.EXPIRED || before == Standing.ENDED) {
                return before;
            }
            inactiveSince = UNKNOWN;
            int tag = tag(seen) == HELD ? HELD : ACTIVE;
            if (STATE.compareAndSet(this, seen, state(Math.max(moment(seen), now), use(seen), tag))) {
                return before;
            }
        }
    }

    /** Ends it for good; answers the tag that it had before. */
    int end() {
        while (true) {
            long seen = state;
            if (tag(seen) == ENDED || change(seen, ENDED)) {
                return tag(seen);
            }
        }
    }

    int tag() {
        return tag(state);
    }

    /** The one that follows in the chain of the {@link SessionTable}; null where it is the last. */
    @Nullable
    LiveSession<T> nextInChain() {
        return nextInChain;
    }

    /** Has another one follow in the chain. */
    void chain(@Nullable LiveSession<T> next) {
        nextInChain = next;
    }

    /** The deadline of a session in use. */
    private long deadline(long seen) {
        return Math.min(used(seen) + timeout.millis(), expiresAt);
    }

    /** The moment from which the timeout counts. */
    private long used(long seen) {
        return tag(seen) == HELD ? Math.max(moment(seen), heldUntil) : moment(seen);
    }

    private boolean change(long seen, int newTag) {
        return STATE.compareAndSet(this, seen, (seen & ~TAG_MASK) | newTag);
    }

    private static long state(long moment, int use, int tag) {
        return moment << MOMENT_SHIFT | (long) use << TAG_BITS | tag;
    }

    private static long moment(long state) {
        return state >> MOMENT_SHIFT;
    }

    private static int use(long state) {
        return (int) (state >> TAG_BITS) & (USES - 1);
    }

    private static int tag(long state) {
        return (int) (state & TAG_MASK);
    }
}
