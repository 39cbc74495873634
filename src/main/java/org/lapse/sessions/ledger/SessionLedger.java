package org.lapse.sessions.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One node's memory of the live sessions, each of which it knows once, by its id, with its tokens. Any thread may use
 * it. Looking a session up and recording its activity take no lock.
 *
 * <p>It is a projection: {@link #apply} tells it what the database says after a change was committed. Versions decide
 * which of two changes is the later one, and an earlier one changes nothing. Where it may say what the later one did
 * not, the ledger asks for the row. What has ended stays known by its version until every earlier change has come, so
 * that none of them brings it back.
 *
 * @param <T> what is kept with a session
 */
public final class SessionLedger<T> {

    private final SessionTable<T> sessions = new SessionTable<>();
    private final SessionTokens<T> tokens = new SessionTokens<>();
    private final SessionDeadlines<T> deadlines;
    private final SessionPrincipals<T> principals;

    /** The versions of sessions that are not here, while a change that is earlier may still come. */
    private final Map<UUID, Long> gone = new ConcurrentHashMap<>();

    /** Every change up to this number has come. */
    private volatile long settledUpTo = Long.MIN_VALUE;

    private final LongAdder locked = new LongAdder();

    /** An empty ledger of the only node. */
    public SessionLedger(Instant start, SessionPrincipals<T> principals) {
        this(new DeadlineWheel<>(start), principals);
    }

    /** An empty ledger of one of several nodes, which can be {@linkplain #close closed} up to a moment. */
    public static <T> SessionLedger<T> besideOthers(Instant start, SessionPrincipals<T> principals) {
        return new SessionLedger<>(new DeadlineWheel<>(start, true), principals);
    }

    SessionLedger(DeadlineWheel<T> wheel, SessionPrincipals<T> principals) {
        this.deadlines = new SessionDeadlines<>(wheel);
        this.principals = principals;
    }

    /** What became of a change that the ledger was told. */
    public enum Outcome {
        /** The ledger knows it. */
        APPLIED,
        /** The ledger knows a later one. */
        OUTDATED,
        /**
         * The change does not say enough of a session that is not known, or may say what a later one did not: nothing
         * has changed. Or it only locks a session of which an earlier change is not known: that is locked. The
         * session's row must be read.
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
            boolean missed = status instanceof CommittedState.Locked<T> last && last.previous() > known.version();
            if (status instanceof CommittedState.Live<T> live) {
                follow(known, live, now);
            } else if (status instanceof CommittedState.Locked<T> lock) {
                lock(known, lock.reason());
            } else {
                forget(part, known, status.version());
            }
            known.setVersion(status.version());
            return missed ? Outcome.INCOMPLETE : Outcome.APPLIED;
        });
    }

    /** Whether the later change that is known may have left out a token or a principal that this one says. */
    private boolean mayBeMissed(CommittedState<T> earlier) {
        return earlier instanceof CommittedState.Live<T> && earlier.version() > settledUpTo;
    }

    private Outcome applyToUnknown(SessionTable.Part<T> part, CommittedState<T> status, Instant now) {
        Long goneAt = gone.get(status.id());
        if (goneAt != null && goneAt > status.version()) {
            return Outcome.OUTDATED;
        }
        Optional<T> principal = status instanceof CommittedState.Live<T> live ? live.principal() : Optional.empty();
        if (status instanceof CommittedState.Live<T> live && principal.isPresent() && now.isBefore(live.expiresAt())) {
            add(part, live, principals.latest(principal.get(), live.version()), now);
            return Outcome.APPLIED;
        }
        noteGone(status.id(), status.version());
        return status instanceof CommittedState.Over<T> || principal.isPresent() ? Outcome.APPLIED : Outcome.INCOMPLETE;
    }

    private void add(SessionTable.Part<T> part, CommittedState.Live<T> live, T principal, Instant now) {
        LiveSession<T> session = new LiveSession<>(live, principal, principals.timeoutOf(principal));
        tokens.add(session);
        live.formerToken().ifPresent(former -> tokens.addFormer(session, former, now));
        part.add(session);
        if (live.isLocked()) {
            locked.increment();
        }
        gone.remove(live.id());
        deadlines.move(session);
    }

    private void follow(LiveSession<T> session, CommittedState.Live<T> live, Instant now) {
        tokens.renew(session, live, now);
        boolean wasLocked = StatusWord.isLocked(session.follow(live));
        boolean isLocked = StatusWord.isLocked(session.tag());
        if (isLocked && !wasLocked) {
            locked.increment();
        } else if (wasLocked && !isLocked) {
            locked.decrement();
        }
        live.principal()
                .ifPresent(
                        principal -> replacePrincipal(session, principals.latest(principal, live.version()), now, now));
        deadlines.move(session);
    }

    private void lock(LiveSession<T> session, LockReason reason) {
        if (session.lock(reason)) {
            locked.increment();
            deadlines.move(session);
        }
    }

    private void forget(SessionTable.Part<T> part, LiveSession<T> session, long version) {
        if (StatusWord.isLocked(session.end())) {
            locked.decrement();
        }
        part.remove(session);
        tokens.remove(session);
        noteGone(session.id(), version);
        deadlines.move(session);
    }

    /**
     * The session of an access token, by its digest, wherever it stands; empty once it has ended. A former token finds
     * it while that is still good.
     */
    public Optional<LiveSession<T>> find(TokenDigest token, Instant now) {
        return tokens.find(token, now);
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
     * Forgets a session whose access token has expired. A session that can be refreshed comes back with a new token;
     * one that has one already stays.
     */
    public void forgetExpired(LiveSession<T> session) {
        sessions.runInPartOf(session.id(), part -> {
            if (StatusWord.isExpired(session.tag())) {
                forget(part, session, session.version());
            }
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
        tokens.forgetFormer(moment);
        return deadlines.takePassed(moment, limit);
    }

    /**
     * Makes final which deadlines have passed: no session gives access any more whose deadline has passed by now,
     * unless the database knows better.
     *
     * @param now the present moment
     * @return the sessions in use that other nodes take for lapsed by now, because their last activity was not written
     *     down. Once that is written, nobody can say of this node that it keeps a use from before now to itself that
     *     could save a session.
     */
    public List<LiveSession<T>> close(Instant now) {
        return deadlines.close(Millis.of(now));
    }

    /**
     * Lets a session that was taken as due be taken again, because it could not be ended or locked. It does not give
     * access in between. Does nothing if it has ended, been locked or been unlocked since.
     */
    public void offerAgain(LiveSession<T> session) {
        deadlines.offerAgain(session);
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
        change(shared, newTimeout, now, now);
    }

    /**
     * The same for a change of which this node hears late.
     *
     * @param held until when the timeout before held for certain: what was not inactive by then goes by the new one
     */
    public void change(SharedTimeout shared, Optional<Duration> newTimeout, Instant held, Instant now) {
        deadlines.change(shared, SharedTimeout.millis(newTimeout), Millis.of(held), Millis.of(now));
    }

    /**
     * Keeps another principal with each session whose principal has changed, and has the timeout govern it that is then
     * right.
     *
     * @param change answers what to keep in the place of a principal: the same object where nothing changes
     * @param now the present moment
     */
    public void replacePrincipals(UnaryOperator<T> change, Instant now) {
        replacePrincipals(change, now, now);
    }

    /**
     * The same for a change of which this node hears late.
     *
     * @param held until when the principals before held for certain: what was not inactive by then goes by the new ones
     */
    @SuppressWarnings("ReferenceEquality") // the same principal
    public void replacePrincipals(UnaryOperator<T> change, Instant held, Instant now) {
        sessions.forEach(session -> {
            if (change.apply(session.principal()) != session.principal()) {
                sessions.runInPartOf(
                        session.id(), part -> replacePrincipal(session, change.apply(session.principal()), held, now));
            }
        });
    }

    /**
     * Has the timeout that is right now govern each session whose principal is meant. A session that was inactive
     * before stays so.
     *
     * @param now the present moment
     */
    public void governAnew(Predicate<T> meant, Instant now) {
        governAnew(meant, now, now);
    }

    /**
     * The same for a change of which this node hears late.
     *
     * @param held until when the timeouts before were right for certain: what was not inactive by then goes by the new
     *     ones
     */
    public void governAnew(Predicate<T> meant, Instant held, Instant now) {
        sessions.forEach(session -> {
            if (meant.test(session.principal())) {
                sessions.runInPartOf(session.id(), part -> replacePrincipal(session, session.principal(), held, now));
            }
        });
    }

    @SuppressWarnings("ReferenceEquality") // the shared one
    private void replacePrincipal(LiveSession<T> session, T principal, Instant held, Instant now) {
        session.replacePrincipal(principal);
        SharedTimeout right = principals.timeoutOf(principal);
        if (session.timeout() != right && session.govern(right, Millis.of(held), Millis.of(now))) {
            deadlines.move(session);
        }
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
}
