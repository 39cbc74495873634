package org.lapse.session;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lapse.clock.WallClock;
import org.lapse.directory.Entitlements;
import org.lapse.directory.Users;
import org.lapse.ledger.LiveSession;
import org.lapse.ledger.SessionLedger;
import org.lapse.ledger.Standing;
import org.lapse.ledger.TokenDigest;

/**
 * All sessions. What is asked about an access token is answered from the ledger; what happens to a session is written
 * to the database first and holds in the ledger when this returns.
 *
 * <p>Each method is a transaction of its own, whatever transaction the caller is in: the ledger must never know of
 * something that is rolled back later.
 */
@Singleton
public class Sessions {
    private static final int ALL = Integer.MAX_VALUE;

    private final SessionRows rows;
    private final SessionBatches batches;
    private final SessionLedger<Grant> ledger;
    private final DueSessions dueSessions;
    private final InactivityTimeouts timeouts;
    private final SharedParts parts;
    private final Users users;
    private final WallClock clock;
    private final Event<TokenGiven> given;

    @Inject
    Sessions(
            SessionRows rows,
            SessionBatches batches,
            SessionLedger<Grant> ledger,
            DueSessions dueSessions,
            InactivityTimeouts timeouts,
            SharedParts parts,
            Users users,
            WallClock clock,
            Event<TokenGiven> given) {
        this.rows = rows;
        this.batches = batches;
        this.ledger = ledger;
        this.dueSessions = dueSessions;
        this.timeouts = timeouts;
        this.parts = parts;
        this.users = users;
        this.clock = clock;
        this.given = given;
    }

    /** The session of an access token, where it is active at that moment and the call may pass. */
    public Optional<LiveSession<Grant>> active(String accessToken, Instant now) {
        return ledger.find(accessToken).filter(session -> session.standing(now) == Standing.ACTIVE);
    }

    /** What an access token gives now. What is found past its deadline stays so, whether the timer has come round or not. */
    public Access access(String accessToken) {
        return ledger.find(accessToken)
                .map(this::access)
                .orElseGet(() -> new Access.Refused("The access token is unknown or has ended."));
    }

    private Access access(LiveSession<Grant> session) {
        return switch (session.standing(clock.now())) {
            case ACTIVE -> new Access.Granted(session);
            case LOCKED -> new Access.Locked(session);
            case INACTIVE ->
                dueSessions.locks(session.holder())
                        ? new Access.Locked(session)
                        : new Access.Refused("The access token ended because of inactivity.");
            case EXPIRED -> new Access.Refused("The access token has expired.");
            case ENDED -> new Access.Refused("The access token has ended.");
        };
    }

    /** The live session of an access token, wherever it stands; empty where the token is unknown or has ended. */
    public Optional<LiveSession<Grant>> find(String accessToken) {
        return ledger.find(accessToken);
    }

    /** The session of that id as it was last written, ended or not. */
    public Optional<Session> find(UUID sessionId) {
        return rows.find(sessionId);
    }

    /** The sessions of these ids as they were last written, those that have ended left out. */
    public Map<UUID, Session> byId(Collection<UUID> sessionIds) {
        return rows.live(sessionIds).stream().collect(Collectors.toMap(Session::id, Function.identity()));
    }

    /** The session of that id where it has a token that is alive, wherever it stands. */
    public Optional<LiveSession<Grant>> findLive(UUID sessionId) {
        return rows.find(sessionId).flatMap(this::live);
    }

    /** The sessions of a sign-in at a browser that have not ended. */
    public List<Session> liveOfSignIn(UUID signInId) {
        return rows.live(SessionRows.Reference.SIGN_IN, signInId, ALL);
    }

    /** The sessions of a user that have not ended. */
    public List<Session> liveOfUser(UUID userId) {
        return rows.live(SessionRows.Reference.USER, userId, ALL);
    }

    /** Why the session of a sign-in in an application ended that ended last; empty where none has. */
    public Optional<EndReason> lastEnd(UUID signInId, String applicationId) {
        return rows.lastEnd(signInId, applicationId);
    }

    /**
     * Whether a session of a sign-in in an application lapsed at that moment or later, and nobody has unlocked it. One
     * whose deadline has passed counts, whether the timer has come round or not.
     */
    public boolean hasLapsed(UUID signInId, String applicationId, Instant since) {
        Instant now = clock.now();
        return rows.hasLapsed(signInId, applicationId, since)
                || liveOfSignIn(signInId).stream()
                        .filter(session -> session.applicationId().equals(applicationId))
                        .flatMap(session -> live(session).stream())
                        .anyMatch(session -> session.standing(now) == Standing.INACTIVE
                                && !session.deadline().isBefore(since));
    }

    /** The latest activity of a session that has not ended: the ledger's, or the one that was written down. */
    public Instant lastActivity(Session session) {
        return Optional.ofNullable(session.token())
                .flatMap(ledger::find)
                .map(LiveSession::lastActivity)
                .orElse(session.lastActivityAt());
    }

    /** Opens a session: its access token is good when this returns. */
    public void open(Opening opening) {
        Instant now = clock.now();
        rows.insert(new Session(opening, now), now);
        remember(opening.id(), opening.token(), opening.grant(), now, opening.tokenExpiresAt());
        catchUp(opening.id());
    }

    /**
     * Whoever changed the user or the application while the session was opened, or began a hold, did not see it: so look
     * once more.
     */
    private void catchUp(UUID sessionId) {
        SessionRows.Held held = rows.findHeld(sessionId).orElseThrow();
        Session session = held.session();
        Optional<EndReason> mustEnd = held.mustEnd();
        if (mustEnd.isPresent()) {
            end(List.of(session), mustEnd.get());
            return;
        }
        live(session).ifPresent(found -> {
            UUID userId = session.userId();
            if (userId != null) {
                found.handOver(found.holder()
                        .with(users.entitlements(List.of(userId)).getOrDefault(userId, Entitlements.NONE)));
            }
            timeouts.govern(found);
            if (session.heldUntil() != null) {
                ledger.hold(found, session.heldUntil(), clock.now());
            }
        });
    }

    /**
     * Gives a session its next access token; the one before is unknown from now on.
     *
     * @param grant to whom and for what, as it holds now
     * @return false where the session is not active any more
     */
    public boolean giveToken(UUID sessionId, Grant grant, TokenDigest token, Instant tokenExpiresAt) {
        Instant now = clock.now();
        Optional<TokenDigest> before = rows.find(sessionId).map(Session::token);
        if (!rows.giveToken(sessionId, token, tokenExpiresAt, now)) {
            return false;
        }
        remember(sessionId, token, grant, now, tokenExpiresAt);
        before.flatMap(ledger::find).ifPresent(ledger::end);
        catchUp(sessionId);
        return true;
    }

    private void remember(UUID id, TokenDigest token, Grant grant, Instant now, Instant tokenExpiresAt) {
        LiveSession<Grant> session =
                ledger.open(id, token, parts.share(grant), timeouts.effectivePolicy(grant), now, tokenExpiresAt);
        session.usedFor(Resets.OPENED);
        given.fire(new TokenGiven(session, now));
    }

    /**
     * Ends those of these sessions that have not ended yet, in one transaction.
     *
     * @return how many that were
     */
    public int end(Collection<UUID> sessionIds, EndReason reason) {
        return end(rows.live(sessionIds), reason);
    }

    /**
     * Locks those of these sessions that are active and could be unlocked, in one transaction: their users have to
     * authenticate again before they go on.
     *
     * @return how many that were
     */
    public int lock(Collection<UUID> sessionIds) {
        List<Session> locked = batches.lock(rows.live(sessionIds), clock.now());
        for (Session session : locked) {
            live(session).ifPresent(ledger::lock);
        }
        return locked.size();
    }

    /** Ends a session for good. */
    public void end(UUID sessionId, EndReason reason) {
        end(rows.find(sessionId).stream().toList(), reason);
    }

    /** Ends all sessions of a user. */
    public void endOfUser(UUID userId, EndReason reason) {
        endAll(SessionRows.Reference.USER, userId, reason);
    }

    /** Ends all sessions of a sign-in at a browser. */
    public void endOfSignIn(UUID signInId, EndReason reason) {
        endAll(SessionRows.Reference.SIGN_IN, signInId, reason);
    }

    /** Ends all sessions of an application, its users' and its own. */
    public void endOfApplication(String applicationId, EndReason reason) {
        endAll(SessionRows.Reference.APPLICATION, applicationId, reason);
    }

    /** A bounded batch in each transaction. */
    private void endAll(SessionRows.Reference reference, Object id, EndReason reason) {
        List<Session> batch;
        do {
            batch = rows.live(reference, id, SessionBatches.SIZE);
            end(batch, reason);
        } while (batch.size() == SessionBatches.SIZE);
    }

    private int end(List<Session> sessions, EndReason reason) {
        int ended = batches.end(sessions, reason, clock.now());
        for (Session session : sessions) {
            live(session).ifPresent(ledger::end);
        }
        return ended;
    }

    /**
     * Resumes a locked session, whose original user has just authenticated again.
     *
     * @return false where the session has ended meanwhile
     */
    public boolean unlock(Session session) {
        Instant now = clock.now();
        if (!rows.unlock(session, now)) {
            return false;
        }
        live(session).ifPresent(found -> {
            ledger.unlock(found, now);
            found.usedFor(Resets.RELOGIN);
        });
        catchUp(session.id());
        return true;
    }

    /**
     * Says inside the transaction that opens or unlocks a session that it is held, as an observer of {@link SessionEvents}
     * may.
     */
    public void holdFromTheStart(UUID sessionId, Instant until) {
        rows.holdFromTheStart(sessionId, until);
    }

    /**
     * Keeps an active session from becoming inactive before a moment, or no longer; the timeout counts from the end of
     * the hold. Its absolute life is not changed.
     *
     * @param until the end of the hold; empty to end it now
     * @return false where the session is not active
     */
    public boolean hold(Session session, Optional<Instant> until) {
        Instant now = clock.now();
        Optional<LiveSession<Grant>> found = live(session);
        if (found.isPresent() && found.get().standing(now) != Standing.ACTIVE) {
            return false;
        }
        if (!rows.hold(session.id(), until.orElse(null))) {
            return false;
        }
        return found.isEmpty()
                || (until.isPresent() ? ledger.hold(found.get(), until.get(), now) : ledger.release(found.get(), now));
    }

    /** How long the next re-login of a session must wait after the wrong ones before it; zero for not at all. */
    public Duration unlockWait(Session session) {
        return session.unlockWait(clock.now());
    }

    /**
     * Counts a refused re-login; each makes the next one wait twice as long, beginning with {@code firstWait}.
     *
     * @return how many were refused since the session was locked
     */
    public int refuseUnlock(Session session, Duration firstWait) {
        return rows.refuseUnlock(session.id(), firstWait, clock.now());
    }

    private Optional<LiveSession<Grant>> live(Session session) {
        return Optional.ofNullable(session.token()).flatMap(ledger::find);
    }
}
