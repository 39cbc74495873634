package org.lapse.sessions.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session that this node remembers: whose it is, when it was last used and until when it lives. It is the entry of
 * its access token besides, by which it is found.
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

    /** A use is a number below this one. */
    public static final int USES = StatusWord.USES;

    private static final int IN_BACKLOG = 1;

    private static final long UNKNOWN = Long.MIN_VALUE;

    private static final long BY_FORCE = UNKNOWN + 1;

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

    /** The last activity, what it was, and the tag, as a {@link StatusWord}. */
    private volatile long state;

    private volatile long expiresAt;

    /** The session's identifier, which as an object of its own would take three times as much. */
    private final long idFirst;

    private final long idSecond;

    /**
     * While the tag is {@link StatusWord#HELD}, the end of the hold. While it is {@link StatusWord#INACTIVE}, the
     * deadline that passed when the session was found so, because the timeout may have changed since. While it is
     * {@link StatusWord#LOCKED}, {@link #BY_FORCE} where an administrator locked it. Otherwise unknown. In milliseconds
     * since the epoch; changed by who holds the session's monitor.
     */
    private volatile long mark;

    private volatile long version;

    private volatile SharedTimeout timeout;
    private volatile T principal;

    /** The next one in the chain of the table of ids. Guarded by the part of that table. */
    private @Nullable LiveSession<T> nextById;

    /**
     * The activity that stands in the database: the lower 31 bits of its milliseconds since the epoch, which suffice to
     * tell how far another one is ahead, because no access token lives for 12 days. The lowest bit, below them, says
     * whether the session is in the {@link ActivityBacklog}.
     */
    private volatile int written;

    /**
     * A session as its row is.
     *
     * @param row what the database says of it
     * @param principal what to keep with it
     * @param timeout the timeout that governs it
     */
    LiveSession(CommittedState.Live<T> row, T principal, SharedTimeout timeout) {
        super(row.token());
        long lastActivity = Millis.of(row.lastActivity());
        this.idFirst = row.id().getMostSignificantBits();
        this.idSecond = row.id().getLeastSignificantBits();
        this.version = row.version();
        this.principal = principal;
        this.timeout = timeout;
        this.expiresAt = Millis.of(row.expiresAt());
        this.written = written(Millis.of(row.written()));
        this.mark = markOf(row);
        this.state = StatusWord.of(lastActivity, row.use(), tagOf(row));
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
        return principal;
    }

    /** From now on the ledger keeps this with the session. */
    void replacePrincipal(T newPrincipal) {
        principal = newPrincipal;
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
        return Instant.ofEpochMilli(StatusWord.moment(state));
    }

    /** What the last activity was, by a number that says so to anybody who recorded it; 0 where nobody has. */
    public int lastUse() {
        return StatusWord.use(state);
    }

    /** Why it is locked; inactivity where it is not, but is just about to be. */
    public LockReason lockReason() {
        return StatusWord.tag(state) == StatusWord.LOCKED && mark == BY_FORCE
                ? LockReason.FORCED
                : LockReason.INACTIVITY;
    }

    /** The end of the hold, also where it has passed; empty if the session is not held. */
    public Optional<Instant> heldUntil() {
        long until = mark;
        return StatusWord.tag(state) == StatusWord.HELD && until != UNKNOWN
                ? Optional.of(Instant.ofEpochMilli(until))
                : Optional.empty();
    }

    /** Last activity, or the end of the hold if that is later, plus timeout; empty without an inactivity timeout. */
    public Optional<Instant> inactiveAt() {
        long millis = timeout.millis();
        return millis == Millis.MAXIMUM ? Optional.empty() : Optional.of(Instant.ofEpochMilli(used(state) + millis));
    }

    /**
     * The moment at which the session ends or locks unless it is used again: the earlier of {@link #inactiveAt()} and
     * {@link #expiresAt()}, and while it is locked the latter. Once it was found inactive, the moment at which it
     * became so.
     */
    public Instant deadline() {
        return Instant.ofEpochMilli(deadlineMillis());
    }

    /**
     * Where the session stands. What is found {@link SessionStatus#INACTIVE} or {@link SessionStatus#EXPIRED} stays so
     * for every later question, whatever its moment. Where both deadlines have passed the earlier one decides, and the
     * absolute end where they are equal.
     */
    public SessionStatus status(Instant now) {
        return settle(Millis.of(now));
    }

    /**
     * Records that the session is used, unless its deadline has come: the deadline first, then the activity. Asked
     * through the {@link ActivityBacklog}, which sees to it that the activity is written down.
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
            long last = StatusWord.moment(seen);
            // A guess that is as late stays the last activity, but from now on it is a use, which is to be written.
            if ((moment <= last && !isGuess(seen))
                    || STATE.compareAndSet(
                            this, seen, StatusWord.of(Math.max(moment, last), use, StatusWord.tag(seen)))) {
                return true;
            }
        }
    }

    /**
     * Follows a use at another node, which is written down. One that lapsed here comes back into use only by its row.
     *
     * @param use what it was
     * @return false where it has lapsed here before that use: its row says how it stands
     */
    public boolean usedElsewhere(Instant at, int use) {
        long moment = Millis.of(at);
        noteWritten(moment);
        while (true) {
            long seen = state;
            int tag = StatusWord.tag(seen);
            if (moment <= StatusWord.moment(seen)) {
                return true;
            }
            if (!StatusWord.isInUse(tag)) {
                return tag != StatusWord.INACTIVE;
            }
            if (STATE.compareAndSet(this, seen, StatusWord.of(moment, use, tag))) {
                return true;
            }
        }
    }

    /** Whether the last activity is later than the one that was written down, by more than that much. */
    public boolean hasUnwrittenActivity(Duration worthWriting) {
        return isAheadOfWritten(StatusWord.moment(state), worthWriting.toMillis());
    }

    /** Whether this node knows of a use that was not written down; what is only guessed is none. */
    public boolean hasUnwrittenUse() {
        return isUnwrittenUse(state);
    }

    /**
     * Whether it is in use at a moment only because a lost node may have granted a use. Others may take it for lapsed,
     * so a further use is not certain before it is written down.
     */
    public boolean isInUseByGuess(Instant now) {
        return !hasUnwrittenUse() && writtenDeadlineMillis() <= Millis.of(now);
    }

    private boolean isGuess(long seen) {
        return StatusWord.use(seen) == 0 && isAheadOfWritten(StatusWord.moment(seen), 0);
    }

    private boolean isUnwrittenUse(long seen) {
        return StatusWord.use(seen) != 0 && isAheadOfWritten(StatusWord.moment(seen), 0);
    }

    /**
     * Says which activity stands in the database, where the last one is a guess. A new session's first activity counts
     * as written.
     */
    public void activityWritten(Instant activity) {
        written = written(Millis.of(activity));
    }

    /** Whether the last activity is of that moment. */
    boolean wasLastUsed(Instant moment) {
        return StatusWord.moment(state) == Millis.of(moment);
    }

    /** Whether a moment is later than the activity that was written down, by more than that much. */
    public boolean isAheadOfWritten(Instant moment, Duration tolerance) {
        return isAheadOfWritten(Millis.of(moment), tolerance.toMillis());
    }

    private boolean isAheadOfWritten(long moment, long millis) {
        return aheadOfWritten(moment) > millis;
    }

    private int aheadOfWritten(long moment) {
        return (written(moment) - (written & ~IN_BACKLOG)) >> 1;
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
        int tag = StatusWord.tag(seen);
        long since = mark;
        if (tag == StatusWord.INACTIVE && since != UNKNOWN) {
            return since;
        }
        if (StatusWord.isLocked(tag) || StatusWord.isExpired(tag)) {
            return expiresAt;
        }
        return deadline(seen);
    }

    /**
     * The deadline that somebody sees who knows only the activity that was written down, in milliseconds since the
     * epoch: never later than {@link #deadlineMillis()}.
     */
    long writtenDeadlineMillis() {
        long seen = state;
        int tag = StatusWord.tag(seen);
        return StatusWord.isInUse(tag)
                ? Math.min(usedSince(tag, writtenMoment(seen)) + timeout.millis(), expiresAt)
                : deadlineMillis();
    }

    private long writtenMoment(long seen) {
        long moment = StatusWord.moment(seen);
        return moment - Math.max(0, aheadOfWritten(moment));
    }

    /** Where it stands at a moment; a deadline that is found to have passed is final from here on. */
    SessionStatus settle(long now) {
        while (true) {
            long seen = state;
            switch (StatusWord.tag(seen)) {
                case StatusWord.ACTIVE -> {
                    if (now < deadline(seen)) {
                        return SessionStatus.ACTIVE;
                    }
                    synchronized (this) {
                        lapse(seen, now);
                    }
                }
                case StatusWord.HELD -> {
                    synchronized (this) {
                        if (now < deadline(seen)) {
                            return SessionStatus.ACTIVE;
                        }
                        lapse(seen, now);
                    }
                }
                case StatusWord.LOCKED -> {
                    if (now < expiresAt) {
                        return SessionStatus.LOCKED;
                    }
                    synchronized (this) {
                        if (now >= expiresAt && change(seen, StatusWord.EXPIRED_WHILE_LOCKED)) {
                            return SessionStatus.EXPIRED;
                        }
                    }
                }
                case StatusWord.INACTIVE -> {
                    return SessionStatus.INACTIVE;
                }
                case StatusWord.EXPIRED, StatusWord.EXPIRED_WHILE_LOCKED -> {
                    return SessionStatus.EXPIRED;
                }
                default -> {
                    return SessionStatus.ENDED;
                }
            }
        }
    }

    /**
     * Makes a session whose deadline has passed inactive or expired, unless it was changed meanwhile. Called by who
     * holds the monitor.
     */
    private void lapse(long seen, long now) {
        if (state != seen || now < deadline(seen)) {
            return;
        }
        long used = used(seen);
        long inactiveAt = used + timeout.millis();
        if (expiresAt <= inactiveAt) {
            change(seen, StatusWord.EXPIRED);
            return;
        }
        long before = mark;
        // A timeout that was shortened afterwards did not make it inactive before it was.
        mark = Math.min(now, Math.max(inactiveAt, timeout.changedAt()));
        if (!STATE.compareAndSet(this, seen, StatusWord.of(used, StatusWord.use(seen), StatusWord.INACTIVE))) {
            mark = before;
        }
    }

    /**
     * Has another timeout govern it from now on; because of that it is not found inactive before now. Answers whether
     * it was active while the one before held for certain.
     */
    synchronized boolean govern(SharedTimeout newTimeout, long held, long now) {
        boolean wasActive = settle(held) == SessionStatus.ACTIVE;
        timeout = newTimeout;
        if (wasActive && settle(now) == SessionStatus.INACTIVE) {
            mark = now;
        }
        return wasActive;
    }

    /** Locks it if it is active or inactive; answers whether it did. */
    synchronized boolean lock(LockReason reason) {
        while (true) {
            long seen = state;
            int tag = StatusWord.tag(seen);
            if (!StatusWord.isInUse(tag) && tag != StatusWord.INACTIVE) {
                return false;
            }
            if (change(seen, StatusWord.LOCKED)) {
                mark = markOf(reason);
                return true;
            }
        }
    }

    /**
     * Follows what the database says of a session: the end of its token, its last activity, its lock and its hold. One
     * that lapsed here comes back into use only if the database knows of a later use, and one that expired or was
     * locked only by a newer version. The version that is known may say that it is locked, with a token that the lock
     * did not say.
     *
     * @param row of no older version than is known
     * @return the tag that it had before; {@link StatusWord#ENDED} if it has ended, and nothing has changed
     */
    synchronized int follow(CommittedState.Live<T> row) {
        long activity = Millis.of(row.lastActivity());
        long newMark = markOf(row);
        boolean newer = row.version() > version;
        if (StatusWord.tag(state) == StatusWord.ENDED) {
            return StatusWord.ENDED;
        }
        expiresAt = Millis.of(row.expiresAt());
        noteWritten(Millis.of(row.written()));
        while (true) {
            long seen = state;
            long last = StatusWord.moment(seen);
            int tag = StatusWord.tag(seen);
            boolean revives = tag == StatusWord.INACTIVE ? Math.max(activity, newMark) > last : newer;
            if (!StatusWord.isInUse(tag) && !row.isLocked() && !revives) {
                return tag;
            }
            boolean keepsUse = activity <= last || (row.isGuessed() && isUnwrittenUse(seen));
            int use = keepsUse ? StatusWord.use(seen) : row.use();
            long before = mark;
            mark = newMark;
            if (STATE.compareAndSet(this, seen, StatusWord.of(Math.max(last, activity), use, tagOf(row)))) {
                return tag;
            }
            mark = before;
        }
    }

    /** Ends it for good; answers the tag that it had before. */
    synchronized int end() {
        while (true) {
            long seen = state;
            if (StatusWord.tag(seen) == StatusWord.ENDED || change(seen, StatusWord.ENDED)) {
                return StatusWord.tag(seen);
            }
        }
    }

    int tag() {
        return StatusWord.tag(state);
    }

    private static int tagOf(CommittedState.Live<?> row) {
        return row.isLocked() ? StatusWord.LOCKED : row.heldUntil().isPresent() ? StatusWord.HELD : StatusWord.ACTIVE;
    }

    /** The end of the hold of a session that is not locked. */
    private static long markOf(CommittedState.Live<?> row) {
        return row.locked()
                .map(LiveSession::markOf)
                .orElseGet(() -> row.heldUntil().map(Millis::of).orElse(UNKNOWN));
    }

    private static long markOf(LockReason reason) {
        return reason == LockReason.FORCED ? BY_FORCE : UNKNOWN;
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
        return usedSince(StatusWord.tag(seen), StatusWord.moment(seen));
    }

    private long usedSince(int tag, long moment) {
        return tag == StatusWord.HELD ? Math.max(moment, mark) : moment;
    }

    private boolean change(long seen, int newTag) {
        return STATE.compareAndSet(this, seen, StatusWord.tagged(seen, newTag));
    }

    private static int written(long activity) {
        return (int) activity << 1;
    }

    private static int later(int one, int other) {
        return one - other > 0 ? one : other;
    }
}
