package org.lapse.sessions.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One node's memory of the live sessions, each of which it knows once, by its id, with its tokens. Any thread may use it.
 * Looking a session up and recording its activity take no lock.
 *
 * <p>It is a projection: {@link #apply} tells it what the database says after a change was committed. Versions decide which
 * of two changes is the later one, and an earlier one changes nothing. Where it may say what the later one did not, the
 * ledger asks for the row. What has ended stays known by its version until every earlier change has come, so that none of
 * them brings it back.
 *
 * @param <T> what is kept with a session
 */
public final class SessionLedger<T> {

    /** How many sessions a sweep looks at before it lets others have the lock. */
    private static final int PORTION = 1024;

    private final SessionTable<T> sessions = new SessionTable<>();
    private final TokenTable<T> tokens = new TokenTable<>();
    private final SessionPrincipals<T> holders;

    /** The former tokens of sessions that have one, by the ids of the sessions. */
    private final Map<UUID, FormerToken<T>> formerTokens = new ConcurrentHashMap<>();

    /** The same, in the order in which they came and so in which their time is over; those too that are gone already. */
    private final Queue<FormerToken<T>> formerTokensByAge = new ConcurrentLinkedQueue<>();

    /** The versions of sessions that are not here, while a change that is earlier may still come. */
    private final Map<UUID, Long> gone = new ConcurrentHashMap<>();

    /** Every change up to this number has come. */
    private volatile long settledUpTo = Long.MIN_VALUE;

    private final LongAdder locked = new LongAdder();

    /** Sessions that must find their place on the wheel anew. The next who has the lock sees to it. */
    private final Queue<LiveSession<T>> moved = new ConcurrentLinkedQueue<>();

    /** Sessions that were taken as due and are to be taken again. */
    private final Queue<LiveSession<T>> offered = new ConcurrentLinkedQueue<>();

    /** Guards the wheel. */
    private final ReentrantLock turning = new ReentrantLock();

    private final DeadlineWheel<T> wheel;

    /** An empty ledger. */
    public SessionLedger(Instant start, SessionPrincipals<T> holders) {
        this(new DeadlineWheel<>(start), holders);
    }

    SessionLedger(DeadlineWheel<T> wheel, SessionPrincipals<T> holders) {
        this.wheel = wheel;
        this.holders = holders;
    }

    /** What became of a change that the ledger was told. */
    public enum Outcome {
        /** The ledger knows it. */
        APPLIED,
        /** The ledger knows a later one. */
        OUTDATED,
        /**
         * The change does not say enough of a session that is not known, or may say what a later one did not: nothing has
         * changed. Or it only locks a session of which an earlier change is not known: that is locked. The session's row must be
         * read.
         */
        INCOMPLETE
    }

    /**
     * Follows a change that was committed.
     *
     * @param now the present moment
     */
    public Outcome apply(CommittedState<T> status, Instant now) {
        return sessions.inPartOf(status.id(), part -> {
            LiveSession<T> known = part.find(status.id());
            if (known == null) {
                return applyToUnknown(part, status, now);
            }
            if (status.version() < known.version()) {
                return mayBeMissed(status) ? Outcome.INCOMPLETE : Outcome.OUTDATED;
            }
            boolean missed = status instanceof CommittedState.Locked<T> lock && lock.previous() > known.version();
            if (status instanceof CommittedState.Live<T> live) {
                follow(known, live, now);
            } else if (status instanceof CommittedState.Locked<T>) {
                lock(known);
            } else {
                forget(part, known, status.version());
            }
            known.setVersion(status.version());
            return missed ? Outcome.INCOMPLETE : Outcome.APPLIED;
        });
    }

    /** Whether the later change that is known may have left out a token or a holder that this one says. */
    private boolean mayBeMissed(CommittedState<T> earlier) {
        return earlier instanceof CommittedState.Live<T> && earlier.version() > settledUpTo;
    }

    private Outcome applyToUnknown(SessionTable.Part<T> part, CommittedState<T> status, Instant now) {
        Long goneAt = gone.get(status.id());
        if (goneAt != null && goneAt > status.version()) {
            return Outcome.OUTDATED;
        }
        Optional<T> holder = status instanceof CommittedState.Live<T> live ? live.principal() : Optional.empty();
        if (status instanceof CommittedState.Live<T> live && holder.isPresent() && now.isBefore(live.expiresAt())) {
            add(part, live, holder.get(), now);
            return Outcome.APPLIED;
        }
        noteGone(status.id(), status.version());
        return status instanceof CommittedState.Over<T> || holder.isPresent() ? Outcome.APPLIED : Outcome.INCOMPLETE;
    }

    private void add(SessionTable.Part<T> part, CommittedState.Live<T> live, T holder, Instant now) {
        T latest = holders.latest(holder, live.version());
        LiveSession<T> session = add(
                part,
                live.id(),
                live.token(),
                latest,
                holders.timeoutOf(latest),
                live.lastActivity(),
                live.expiresAt(),
                new InitialStatus(live.locked(), live.heldUntil()));
        session.usedFor(live.use());
        session.setVersion(live.version());
        live.formerToken().ifPresent(former -> addFormer(session, former, now));
        gone.remove(live.id());
    }

    private void follow(LiveSession<T> session, CommittedState.Live<T> live, Instant now) {
        renewToken(session, live, now);
        boolean wasLocked = isLocked(session.follow(live));
        boolean isLocked = isLocked(session.tag());
        if (isLocked && !wasLocked) {
            locked.increment();
        } else if (wasLocked && !isLocked) {
            locked.decrement();
        }
        live.principal().ifPresent(holder -> handOver(session, holders.latest(holder, live.version()), now));
        move(session);
    }

    private void renewToken(LiveSession<T> session, CommittedState.Live<T> live, Instant now) {
        if (session.carries(live.token())) {
            return;
        }
        endFormer(session);
        FormerToken<T> former = live.formerToken()
                .filter(token -> session.carries(token.token()) && now.isBefore(token.goodUntil()))
                .map(token -> new FormerToken<>(token.token(), session, Millis.of(token.goodUntil())))
                .orElse(null);
        if (former == null) {
            tokens.remove(session);
            // The change that gave the former token may not have come.
            live.formerToken().ifPresent(token -> addFormer(session, token, now));
        } else {
            tokens.replace(session, former);
            remember(former);
        }
        session.carry(live.token());
        tokens.add(session);
    }

    private void addFormer(LiveSession<T> session, CommittedState.Former former, Instant now) {
        FormerToken<T> entry = new FormerToken<>(former.token(), session, Millis.of(former.goodUntil()));
        if (now.isBefore(former.goodUntil()) && tokens.add(entry)) {
            remember(entry);
        }
    }

    private void remember(FormerToken<T> former) {
        formerTokens.put(former.session().id(), former);
        formerTokensByAge.add(former);
    }

    private void endFormer(LiveSession<T> session) {
        if (!formerTokens.isEmpty()) {
            FormerToken<T> former = formerTokens.remove(session.id());
            if (former != null) {
                tokens.remove(former);
            }
        }
    }

    /**
     * Remembers a session, with the timeout that is given.
     *
     * @throws IllegalArgumentException if another session has the same token or the same id
     */
    LiveSession<T> open(
            UUID id, TokenDigest token, T holder, SharedTimeout timeout, Instant lastActivity, Instant expiresAt) {
        return restore(id, token, holder, timeout, lastActivity, expiresAt, InitialStatus.IN_USE);
    }

    /**
     * The same for one that is locked, or held.
     *
     * @throws IllegalArgumentException if another session has the same token or the same id
     */
    LiveSession<T> restore(
            UUID id,
            TokenDigest token,
            T holder,
            SharedTimeout timeout,
            Instant lastActivity,
            Instant expiresAt,
            InitialStatus kept) {
        return sessions.inPartOf(id, part -> {
            if (part.find(id) != null) {
                throw new IllegalArgumentException("Another session has the same id");
            }
            return add(part, id, token, holder, timeout, lastActivity, expiresAt, kept);
        });
    }

    private LiveSession<T> add(
            SessionTable.Part<T> part,
            UUID id,
            TokenDigest token,
            T holder,
            SharedTimeout timeout,
            Instant lastActivity,
            Instant expiresAt,
            InitialStatus kept) {
        LiveSession<T> session = new LiveSession<>(id, token, holder, timeout, lastActivity, expiresAt, kept);
        if (!tokens.add(session)) {
            throw new IllegalArgumentException("Another session has the same token");
        }
        part.add(session);
        if (kept.locked()) {
            locked.increment();
        }
        move(session);
        return session;
    }

    /**
     * The session of an access token, by its digest, wherever it stands; empty once it has ended. A former token finds it
     * while that is still good.
     */
    public Optional<LiveSession<T>> find(TokenDigest token, Instant now) {
        TokenEntry<T> entry = tokens.find(token);
        if (entry == null || (entry instanceof FormerToken<T> former && former.isOver(Millis.of(now)))) {
            return Optional.empty();
        }
        return Optional.of(entry.session());
    }

    /** The session of an access token, wherever it stands; empty once it has ended. */
    public Optional<LiveSession<T>> find(String accessToken, Instant now) {
        return find(TokenDigest.of(accessToken), now);
    }

    /** The session of that id, wherever it stands; empty where it has no access token. */
    public Optional<LiveSession<T>> find(UUID id) {
        return Optional.ofNullable(sessions.find(id));
    }

    /**
     * Takes access from a session until it is unlocked. Its inactivity no longer matters; its absolute end still does.
     *
     * @return whether it did: false if it was locked, had expired or had ended
     */
    boolean lock(LiveSession<T> session) {
        if (!session.lock()) {
            return false;
        }
        locked.increment();
        move(session);
        return true;
    }

    /**
     * Gives access back to a session that is locked, or inactive and about to be: its user has signed in again. That is
     * an activity, also for a session that is active still.
     *
     * @return whether the session is active now: false if it has expired or ended
     */
    boolean unlock(LiveSession<T> session, Instant now) {
        SessionStatus before = session.resume(Millis.of(now));
        if (before == SessionStatus.EXPIRED || before == SessionStatus.ENDED) {
            return false;
        }
        if (before == SessionStatus.LOCKED) {
            locked.decrement();
        }
        move(session);
        return true;
    }

    /**
     * Forgets a session. This is final.
     *
     * @return true for the first who ends it, false for all who come later
     */
    boolean end(LiveSession<T> session) {
        return sessions.inPartOf(session.id(), part -> forget(part, session, session.version()));
    }

    private boolean forget(SessionTable.Part<T> part, LiveSession<T> session, long version) {
        return forget(part, session, version, session.end());
    }

    private boolean forget(SessionTable.Part<T> part, LiveSession<T> session, long version, int before) {
        if (before == LiveSession.ENDED) {
            return false;
        }
        if (isLocked(before)) {
            locked.decrement();
        }
        part.remove(session);
        endFormer(session);
        tokens.remove(session);
        noteGone(session.id(), version);
        move(session);
        return true;
    }

    /**
     * Forgets sessions whose access token has expired. A session that can be refreshed comes back with a new token; one
     * that has one already stays.
     */
    public void forgetExpired(LiveSession<T> session) {
        sessions.inPartOf(session.id(), part -> {
            int before = session.endIfExpired();
            return isExpired(before) && forget(part, session, session.version(), before);
        });
    }

    private void noteGone(UUID id, long version) {
        if (version > settledUpTo) {
            gone.merge(id, version, Math::max);
        }
    }

    /** Says that every change up to that number has come: what is gone since then needs to be remembered no longer. */
    public void settled(long upTo) {
        if (upTo > settledUpTo) {
            settledUpTo = upTo;
            if (!gone.isEmpty()) {
                gone.values().removeIf(version -> version <= upTo);
            }
        }
    }

    private static boolean isLocked(int tag) {
        return tag == LiveSession.LOCKED || tag == LiveSession.EXPIRED_WHILE_LOCKED;
    }

    private static boolean isExpired(int tag) {
        return tag == LiveSession.EXPIRED || tag == LiveSession.EXPIRED_WHILE_LOCKED;
    }

    /**
     * Takes sessions whose deadline has passed, which are then to be ended or locked. They no longer give access, and
     * are not taken again unless {@linkplain #offerAgain offered again}.
     *
     * @param now the present moment
     * @param limit how many to take; where there are as many, there may be more
     * @throws IllegalArgumentException if the limit is not positive
     */
    public List<PassedDeadline<T>> takePassed(Instant now, int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("The limit is positive, not " + limit);
        }
        long moment = Millis.of(now);
        forgetFormerTokens(moment);
        List<PassedDeadline<T>> due = new ArrayList<>();
        boolean begun = false;
        boolean complete = false;
        while (!complete) {
            turning.lock();
            try {
                placeMoved();
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

    private void forgetFormerTokens(long now) {
        FormerToken<T> oldest = formerTokensByAge.peek();
        while (oldest != null && oldest.isOver(now)) {
            if (formerTokensByAge.remove(oldest)
                    && formerTokens.remove(oldest.session().id(), oldest)) {
                tokens.remove(oldest);
            }
            oldest = formerTokensByAge.peek();
        }
    }

    /**
     * Lets a session that was taken as due be taken again, because it could not be ended or locked. It does not give
     * access in between. Does nothing if it has ended, been locked or been unlocked since.
     */
    public void offerAgain(LiveSession<T> session) {
        offered.add(session);
        placeIfFree();
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
            placeMoved();
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
    void govern(LiveSession<T> session, SharedTimeout timeout, Instant now) {
        if (session.govern(timeout, Millis.of(now))) {
            move(session);
        }
    }

    /**
     * Keeps something else with sessions, and has the timeout govern them that is then right.
     *
     * @param change answers what to keep in the place of a holder: the same object where nothing changes
     */
    @SuppressWarnings("ReferenceEquality") // the same holder
    public void handOver(UnaryOperator<T> change, Instant now) {
        sessions.forEach(session -> {
            if (change.apply(session.principal()) != session.principal()) {
                sessions.inPartOf(session.id(), part -> handOver(session, change.apply(session.principal()), now));
            }
        });
    }

    /** Has the timeout that is right now govern each session whose holder is meant. */
    public void governAnew(Predicate<T> meant, Instant now) {
        sessions.forEach(session -> {
            if (meant.test(session.principal())) {
                sessions.inPartOf(session.id(), part -> handOver(session, session.principal(), now));
            }
        });
    }

    @SuppressWarnings("ReferenceEquality") // the shared one
    private LiveSession<T> handOver(LiveSession<T> session, T holder, Instant now) {
        session.handOver(holder);
        SharedTimeout right = holders.timeoutOf(holder);
        if (session.timeout() != right) {
            govern(session, right, now);
        }
        return session;
    }

    /**
     * Keeps an active session from becoming inactive before a moment; its absolute end still counts. The timeout counts
     * from that moment, or from an activity that comes later. Another hold takes the place of this one.
     *
     * @param until the end of the hold
     * @param now the present moment
     * @return whether it did: false, and nothing has changed, if the session is not active
     */
    boolean hold(LiveSession<T> session, Instant until, Instant now) {
        boolean held = session.hold(Millis.of(until), Millis.of(now));
        if (held) {
            move(session);
        }
        return held;
    }

    /**
     * Ends the hold of a session before its time. The timeout counts from now, if the hold was not over before.
     *
     * @return whether the session is active
     */
    boolean release(LiveSession<T> session, Instant now) {
        boolean released = session.release(Millis.of(now));
        if (released) {
            move(session);
        }
        return released;
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

    /**
     * Says that a session may hang in a bucket that is too late for it, or need not hang there any more. Whatever has become
     * of it since, the next sweep finds it where it looks. Waits for nobody: it is placed at once if the wheel is free, and
     * otherwise by who turns it.
     */
    private void move(LiveSession<T> session) {
        moved.add(session);
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
