package org.lapse.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A session that this node remembers: whose it is, when it was last used and until when it lives.
 *
 * <p>Last activity and standing are one number that is only ever changed by compare-and-set. So an activity and the end
 * of a session cannot pass each other: whichever comes second sees the first. Last activity never goes back, and what
 * was once found inactive or expired stays so, whatever becomes of the timeout or the clock, until its user unlocks it.
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

    private static final int TAG_BITS = 3;
    private static final long TAG_MASK = (1L << TAG_BITS) - 1;
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

    private final UUID id;
    private final T holder;
    private final SharedTimeout timeout;
    private final long expiresAt;
    private final TokenDigest token;

    /** The activity that stands in the database, in milliseconds since the epoch. Only its writer changes it. */
    private volatile long written;

    /** The last activity in milliseconds since the epoch, and below it, in {@link #TAG_BITS} bits, the tag. */
    private volatile long state;

    /**
     * The deadline that passed when the session was found inactive, because the timeout may have changed since. Written
     * after the fact by the one who found it; unknown for that moment.
     */
    private volatile long inactiveSince = UNKNOWN;

    LiveSession(
            UUID id,
            TokenDigest token,
            T holder,
            SharedTimeout timeout,
            Instant lastActivity,
            Instant expiresAt,
            boolean locked) {
        this.id = id;
        this.token = token;
        this.holder = holder;
        this.timeout = timeout;
        this.expiresAt = Millis.of(expiresAt);
        this.written = Millis.of(lastActivity);
        this.state = state(Millis.of(lastActivity), locked ? LOCKED : ACTIVE);
    }

    /** The session's own identifier. */
    public UUID id() {
        return id;
    }

    /** What the ledger keeps with the session. */
    public T holder() {
        return holder;
    }

    /** The digest of the access token by which the session is found. */
    public TokenDigest token() {
        return token;
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

    /** Last activity plus timeout; empty if the session has no inactivity timeout. */
    public Optional<Instant> inactiveAt() {
        long millis = timeout.millis();
        return millis == Millis.MAXIMUM ? Optional.empty() : Optional.of(Instant.ofEpochMilli(moment(state) + millis));
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
     * @return false, and nothing has changed, if the session is not active
     */
    public boolean recordActivity(Instant now) {
        long moment = Millis.of(now);
        while (true) {
            long seen = state;
            if (settle(moment) != Standing.ACTIVE) {
                return false;
            }
            if (moment <= moment(seen) || STATE.compareAndSet(this, seen, state(moment, ACTIVE))) {
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
        return Math.min(moment(seen) + timeout.millis(), expiresAt);
    }

    /** Where it stands at a moment; a deadline that is found to have passed is final from here on. */
    Standing settle(long now) {
        while (true) {
            long seen = state;
            switch (tag(seen)) {
                case ACTIVE -> {
                    long inactiveAt = moment(seen) + timeout.millis();
                    if (now < inactiveAt && now < expiresAt) {
                        return Standing.ACTIVE;
                    }
                    if (expiresAt <= inactiveAt) {
                        if (change(seen, EXPIRED)) {
                            return Standing.EXPIRED;
                        }
                    } else if (change(seen, INACTIVE)) {
                        // A timeout that was shortened afterwards did not make it inactive before it was.
                        inactiveSince = Math.min(now, Math.max(inactiveAt, timeout.changedAt()));
                        return Standing.INACTIVE;
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

    /** Locks it if it is active or inactive; answers whether it did. */
    boolean lock() {
        while (true) {
            long seen = state;
            int tag = tag(seen);
            if (tag != ACTIVE && tag != INACTIVE) {
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
            if (STATE.compareAndSet(this, seen, state(Math.max(moment(seen), now), ACTIVE))) {
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

    private boolean change(long seen, int newTag) {
        return STATE.compareAndSet(this, seen, state(moment(seen), newTag));
    }

    private static long state(long moment, int tag) {
        return moment << TAG_BITS | tag;
    }

    private static long moment(long state) {
        return state >> TAG_BITS;
    }

    private static int tag(long state) {
        return (int) (state & TAG_MASK);
    }
}
