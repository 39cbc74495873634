package org.lapse.sessions.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session that this node remembers: whose it is, when it was last used and until when it lives. It is the entry of its
 * access token besides, by which it is found.
 *
 * <p>Last activity, what it was and the status are one number that is only ever changed by compare-and-set. So an
 * activity and the end of a session cannot pass each other: whichever comes second sees the first. Last activity never
 * goes back, and what was once found inactive or expired stays so, whatever becomes of the timeout or the clock, until
 * the database knows better: its user has unlocked it, or it was used elsewhere. Who changes the status holds the
 * session's monitor; an activity needs none.
 *
 * <p>What a use of the token reads and writes lies side by side: the digest, the timeout, this number and the absolute
 * end. Among a million sessions each line of memory that is touched costs more than everything that is done with it.
 *
 * @param <T> what the ledger keeps with a session
 */
public final class LiveSession<T> extends TokenEntry<T> {

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

    private static final int IN_BACKLOG = 1;

    private static final long UNKNOWN = Long.MIN_VALUE;

    private static final VarHandle STATE;
    private static final VarHandle WRITTEN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(LiveSession.class, "state", long.class);
            WRITTEN = lookup.findVarHandle(LiveSession.class, "written", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * The last activity in milliseconds since the epoch, below it in {@link #USE_BITS} bits what it was, and in the lowest
     * {@link #TAG_BITS} bits the tag.
     */
    private volatile long state;

    private volatile long expiresAt;

    /** The session's identifier, which as an object of its own would take three times as much. */
    private final long idFirst;

    private final long idSecond;

    /**
     * While the tag is {@link #HELD}, the end of the hold. While it is {@link #INACTIVE}, the deadline that passed when the
     * session was found so, because the timeout may have changed since. Otherwise unknown. In milliseconds since the epoch;
     * changed by who holds the session's monitor.
     */
    private volatile long mark;

    private volatile long version;

    private volatile SharedTimeout timeout;
    private volatile T holder;

    /** The next one in the chain of the table of ids. Guarded by the part of that table. */
    private @Nullable LiveSession<T> nextById;

    /**
     * The activity that stands in the database: the lower 31 bits of its milliseconds since the epoch, which suffice to
     * tell how far another one is ahead, because no access token lives for 12 days. The lowest bit, below them, says
     * whether the session is in the {@link ActivityBacklog}.
     */
    private volatile int written;

    LiveSession(
            UUID id,
            TokenDigest token,
            T holder,
            SharedTimeout timeout,
            Instant lastActivity,
            Instant expiresAt,
            InitialStatus kept) {
        super(token);
        this.idFirst = id.getMostSignificantBits();
        this.idSecond = id.getLeastSignificantBits();
        this.holder = holder;
        this.timeout = timeout;
        this.expiresAt = Millis.of(expiresAt);
        this.written = written(Millis.of(lastActivity));
        this.mark = kept.heldUntil().map(Millis::of).orElse(UNKNOWN);
        this.state = state(Millis.of(lastActivity), 0, kept.tag());
    }

    @Override
    LiveSession<T> session() {
        return this;
    }

    /** The session's own identifier. */
    public UUID id() {
        return new UUID(idFirst, idSecond);
    }

    boolean hasId(UUID id) {
        return idFirst == id.getMostSignificantBits() && idSecond == id.getLeastSignificantBits();
    }

    /** The version of the session's row that the ledger knows. */
    public long version() {
        return version;
    }

    void setVersion(long newVersion) {
        version = newVersion;
    }

    /** What the ledger keeps with the session. */
    public T principal() {
        return holder;
    }

    /** From now on the ledger keeps this with the session. */
    void handOver(T newHolder) {
        holder = newHolder;
    }

    /** The inactivity timeout, which others share. */
    public SharedTimeout timeout() {
        return timeout;
    }

    /** The end of the access token's life. */
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

    /** The end of the hold, also where it has passed; empty if the session is not held. */
    public Optional<Instant> heldUntil() {
        long until = mark;
        return tag(state) == HELD && until != UNKNOWN ? Optional.of(Instant.ofEpochMilli(until)) : Optional.empty();
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
     * Where the session stands. What is found {@link SessionStatus#INACTIVE} or {@link SessionStatus#EXPIRED} stays so for every
     * later question, whatever its moment. Where both deadlines have passed the earlier one decides, and the absolute
     * end where they are equal.
     */
    public SessionStatus status(Instant now) {
        return settle(Millis.of(now));
    }

    /**
     * Records that the session is used, unless its deadline has come: the deadline first, then the activity. Asked through
     * the {@link ActivityBacklog}, which sees to it that the activity is written down.
     *
     * @param now the moment of the use; if one was recorded that is as late, that one stays the last
     * @param use what the session is used for, by a number less than {@link #USES}
     * @return false, and nothing has changed, if the session is not active
     */
    boolean recordActivity(Instant now, int use) {
        long moment = Millis.of(now);
        while (true) {
            long seen = state;
            if (settle(moment) != SessionStatus.ACTIVE) {
                return false;
            }
            if (moment <= moment(seen) || STATE.compareAndSet(this, seen, state(moment, use, tag(seen)))) {
                return true;
            }
        }
    }

    /** Says what the last activity was, which the ledger itself has recorded. */
    void usedFor(int use) {
        long seen;
        do {
            seen = state;
        } while (!STATE.compareAndSet(this, seen, state(moment(seen), use, tag(seen))));
    }

    /** Whether the last activity is later than the one that was written down, by more than that much. */
    public boolean hasUnwrittenActivity(Duration worthWriting) {
        return isAheadOfWritten(moment(state), worthWriting.toMillis());
    }

    /**
     * Says which activity stands in the database, where the last one is a guess. A new session's first activity counts as
     * written.
     */
    public void activityWritten(Instant activity) {
        written = written(Millis.of(activity));
    }

    /** Whether the last activity is of that moment. */
    boolean wasLastUsed(Instant moment) {
        return moment(state) == Millis.of(moment);
    }

    /** Whether a moment is later than the activity that was written down, by more than that much. */
    public boolean isAheadOfWritten(Instant moment, Duration tolerance) {
        return isAheadOfWritten(Millis.of(moment), tolerance.toMillis());
    }

    private boolean isAheadOfWritten(long moment, long millis) {
        return ((written(moment) - (written & ~IN_BACKLOG)) >> 1) > millis;
    }

    /** Says that it is in the backlog; answers false if it was there before. */
    boolean enterBacklog() {
        return ((int) WRITTEN.getAndBitwiseOr(this, IN_BACKLOG) & IN_BACKLOG) == 0;
    }

    /**
     * Says that it is in the backlog no longer, because that activity, or a later one, stands in the database; answers
     * whether it was there.
     */
    boolean leaveBacklog(long activity) {
        int seen;
        do {
            seen = written;
        } while (!WRITTEN.compareAndSet(this, seen, later(seen & ~IN_BACKLOG, written(activity))));
        return (seen & IN_BACKLOG) != 0;
    }

    private void noteWritten(long activity) {
        int seen;
        do {
            seen = written;
        } while (!WRITTEN.compareAndSet(
                this, seen, later(seen & ~IN_BACKLOG, written(activity)) | (seen & IN_BACKLOG)));
    }

    long deadlineMillis() {
        long seen = state;
        int tag = tag(seen);
        long since = mark;
        if (tag == INACTIVE && since != UNKNOWN) {
            return since;
        }
        if (tag == LOCKED || tag == EXPIRED || tag == EXPIRED_WHILE_LOCKED) {
            return expiresAt;
        }
        return deadline(seen);
    }

    /** Where it stands at a moment; a deadline that is found to have passed is final from here on. */
    SessionStatus settle(long now) {
        while (true) {
            long seen = state;
            switch (tag(seen)) {
                case ACTIVE -> {
                    if (now < deadline(seen)) {
                        return SessionStatus.ACTIVE;
                    }
                    synchronized (this) {
                        lapse(seen, now);
                    }
                }
                case HELD -> {
                    synchronized (this) {
                        if (now < deadline(seen)) {
                            return SessionStatus.ACTIVE;
                        }
                        lapse(seen, now);
                    }
                }
                case LOCKED -> {
                    if (now < expiresAt) {
                        return SessionStatus.LOCKED;
                    }
                    synchronized (this) {
                        if (now >= expiresAt && change(seen, EXPIRED_WHILE_LOCKED)) {
                            return SessionStatus.EXPIRED;
                        }
                    }
                }
                case INACTIVE -> {
                    return SessionStatus.INACTIVE;
                }
                case EXPIRED, EXPIRED_WHILE_LOCKED -> {
                    return SessionStatus.EXPIRED;
                }
                default -> {
                    return SessionStatus.ENDED;
                }
            }
        }
    }

    /**
     * Makes a session whose deadline has passed inactive or expired, unless it was changed meanwhile. Called by who holds
     * the monitor.
     */
    private void lapse(long seen, long now) {
        if (state != seen || now < deadline(seen)) {
            return;
        }
        long used = used(seen);
        long inactiveAt = used + timeout.millis();
        if (expiresAt <= inactiveAt) {
            change(seen, EXPIRED);
            return;
        }
        long before = mark;
        // A timeout that was shortened afterwards did not make it inactive before it was.
        mark = Math.min(now, Math.max(inactiveAt, timeout.changedAt()));
        if (!STATE.compareAndSet(this, seen, state(used, use(seen), INACTIVE))) {
            mark = before;
        }
    }

    /** Keeps it from becoming inactive before that moment, if it is active; answers whether it is. */
    synchronized boolean hold(long until, long now) {
        while (true) {
            long seen = state;
            if (settle(now) != SessionStatus.ACTIVE) {
                return false;
            }
            long before = mark;
            mark = until;
            if (tag(seen) == HELD || change(seen, HELD)) {
                return true;
            }
            mark = before;
        }
    }

    /** Ends the hold, which counts as an activity at its end; answers whether the session is active. */
    synchronized boolean release(long now) {
        while (true) {
            long seen = state;
            if (settle(now) != SessionStatus.ACTIVE) {
                return false;
            }
            if (tag(seen) != HELD) {
                return true;
            }
            long used = Math.max(moment(seen), Math.min(now, mark));
            if (STATE.compareAndSet(this, seen, state(used, use(seen), ACTIVE))) {
                mark = UNKNOWN;
                return true;
            }
        }
    }

    /**
     * Has another timeout govern it from now on; because of that it is not found inactive before now. Answers whether it
     * was active.
     */
    synchronized boolean govern(SharedTimeout newTimeout, long now) {
        boolean wasActive = settle(now) == SessionStatus.ACTIVE;
        timeout = newTimeout;
        if (wasActive && settle(now) == SessionStatus.INACTIVE) {
            mark = now;
        }
        return wasActive;
    }

    /** Locks it if it is active or inactive; answers whether it did. */
    synchronized boolean lock() {
        while (true) {
            long seen = state;
            int tag = tag(seen);
            if (tag != ACTIVE && tag != HELD && tag != INACTIVE) {
                return false;
            }
            if (change(seen, LOCKED)) {
                mark = UNKNOWN;
                return true;
            }
        }
    }

    /** Makes it active with an activity now, unless it is expired or ended; answers where it stood before. */
    synchronized SessionStatus resume(long now) {
        while (true) {
            long seen = state;
            SessionStatus before = settle(now);
            if (before == SessionStatus.INACTIVE && now >= expiresAt) {
                return SessionStatus.EXPIRED;
            }
            if (before == SessionStatus.EXPIRED || before == SessionStatus.ENDED) {
                return before;
            }
            int tag = tag(seen) == HELD ? HELD : ACTIVE;
            if (STATE.compareAndSet(this, seen, state(Math.max(moment(seen), now), use(seen), tag))) {
                if (tag != HELD) {
                    mark = UNKNOWN;
                }
                return before;
            }
        }
    }

    /**
     * Follows what the database says of a session: the end of its token, its last activity, its lock and its hold. One
     * that lapsed here comes back into use only if the database knows of a later use, and one that expired or was locked
     * only by a newer version. The version that is known may say that it is locked, with a token that the lock did not say.
     *
     * @param status of no older version than is known
     * @return the tag that it had before; {@link #ENDED} if it has ended, and nothing has changed
     */
    synchronized int follow(CommittedState.Live<T> status) {
        boolean locked = status.locked();
        long newEnd = Millis.of(status.expiresAt());
        long activity = Millis.of(status.lastActivity());
        long until = status.heldUntil().map(Millis::of).orElse(UNKNOWN);
        boolean newer = status.version() > version;
        if (tag(state) == ENDED) {
            return ENDED;
        }
        expiresAt = newEnd;
        noteWritten(activity);
        while (true) {
            long seen = state;
            int tag = tag(seen);
            boolean inUse = tag == ACTIVE || tag == HELD;
            boolean revives = tag == INACTIVE ? Math.max(activity, until) > moment(seen) : newer;
            if (!inUse && !locked && !revives) {
                return tag;
            }
            long moment = Math.max(moment(seen), activity);
            int use = activity > moment(seen) ? status.use() : use(seen);
            int unlocked = until == UNKNOWN ? ACTIVE : HELD;
            long before = mark;
            mark = locked ? UNKNOWN : until;
            if (STATE.compareAndSet(this, seen, state(moment, use, locked ? LOCKED : unlocked))) {
                return tag;
            }
            mark = before;
        }
    }

    /** Ends it for good; answers the tag that it had before. */
    synchronized int end() {
        while (true) {
            long seen = state;
            if (tag(seen) == ENDED || change(seen, ENDED)) {
                return tag(seen);
            }
        }
    }

    /** Ends it if it is still expired; answers the tag that it had before. */
    synchronized int endIfExpired() {
        int tag = tag(state);
        return tag == EXPIRED || tag == EXPIRED_WHILE_LOCKED ? end() : tag;
    }

    int tag() {
        return tag(state);
    }

    /** The one that follows in the chain of the {@link SessionTable}; null where it is the last. */
    @Nullable
    LiveSession<T> nextById() {
        return nextById;
    }

    /** Has another one follow in the chain. */
    void chainById(@Nullable LiveSession<T> next) {
        nextById = next;
    }

    /** The deadline of a session in use. */
    private long deadline(long seen) {
        return Math.min(used(seen) + timeout.millis(), expiresAt);
    }

    /** The moment from which the timeout counts. */
    private long used(long seen) {
        return tag(seen) == HELD ? Math.max(moment(seen), mark) : moment(seen);
    }

    private boolean change(long seen, int newTag) {
        return STATE.compareAndSet(this, seen, (seen & ~TAG_MASK) | newTag);
    }

    private static long state(long moment, int use, int tag) {
        return moment << MOMENT_SHIFT | (long) use << TAG_BITS | tag;
    }

    private static int written(long activity) {
        return (int) activity << 1;
    }

    private static int later(int one, int other) {
        return one - other > 0 ? one : other;
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
