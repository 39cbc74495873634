package org.lapse.sessions.session;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lapse.organizations.directory.EnabledUser;
import org.lapse.organizations.directory.User;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.ledger.TokenDigest;

/**
 * All sessions as they are written down. What happens to a session is written inside the transaction of the use case
 * that it belongs to; the ledger follows once that is committed. What is asked about an access token, {@link Admission}
 * answers.
 */
@Singleton
public class Sessions {
    private final SessionRows rows;
    private final SessionBatches batches;
    private final PrincipalLocks principals;
    private final SessionLimits limits;
    private final ChangeNumbers numbers;
    private final SessionLedger<SessionPrincipal> ledger;
    private final CertainLapses certainLapses;
    private final InactivityTimeouts timeouts;
    private final WallClock clock;
    private final Event<SessionEvents> events;
    private final Event<SessionsChanged> changed;

    @Inject
    Sessions(
            SessionRows rows,
            SessionBatches batches,
            PrincipalLocks principals,
            SessionLimits limits,
            ChangeNumbers numbers,
            SessionLedger<SessionPrincipal> ledger,
            CertainLapses certainLapses,
            InactivityTimeouts timeouts,
            WallClock clock,
            Event<SessionEvents> events,
            Event<SessionsChanged> changed) {
        this.rows = rows;
        this.batches = batches;
        this.principals = principals;
        this.limits = limits;
        this.numbers = numbers;
        this.ledger = ledger;
        this.certainLapses = certainLapses;
        this.timeouts = timeouts;
        this.clock = clock;
        this.events = events;
        this.changed = changed;
    }

    /** The session of that id as it was last written, ended or not. */
    @Transactional
    public Optional<Session> find(UUID sessionId) {
        return rows.find(sessionId);
    }

    /** The sessions of these ids as they were last written, those that have ended left out. */
    @Transactional
    public Map<UUID, Session> byId(Collection<UUID> sessionIds) {
        return rows.live(sessionIds).stream().collect(Collectors.toMap(Session::id, Function.identity()));
    }

    /** The sessions of a sign-in at a browser that have not ended. */
    @Transactional
    public List<Session> liveOfSignIn(UUID signInId) {
        return rows.live(SessionRows.Reference.SIGN_IN, signInId);
    }

    /** The sessions of a user that have not ended. */
    @Transactional
    public List<Session> liveOfUser(UUID userId) {
        return rows.live(SessionRows.Reference.USER, userId);
    }

    /** The locked session of a sign-in in an application that was locked last; empty where none is. */
    @Transactional
    public Optional<Session> lastLocked(UUID signInId, String applicationId) {
        return rows.live(signInId, applicationId).stream()
                .filter(session -> session.lockedAt() != null)
                .max(Comparator.comparing(Session::lockedAt));
    }

    /** Whether a sign-in has a session in an application that the database knows as active. */
    @Transactional
    public boolean hasActive(UUID signInId, String applicationId) {
        return rows.live(signInId, applicationId).stream().anyMatch(session -> session.state() == SessionState.ACTIVE);
    }

    /** The session of a sign-in in an application that ended last; empty where none has. */
    @Transactional
    public Optional<Session> lastEnded(UUID signInId, String applicationId) {
        return rows.lastEnded(signInId, applicationId);
    }

    /**
     * What was done with the sessions of a sign-in at a browser.
     *
     * @param since when the password was given last
     */
    @Transactional
    public SignInHistory history(UUID signInId, Instant since) {
        return new SignInHistory(rows.history(signInId, since), ledger, since, clock.now());
    }

    /** When a session was used last and by what, as its row says and, where it has not ended, this node's ledger. */
    public LastActivity lastActivity(Session session) {
        return LastActivity.of(session.lastActivity(), ledger.find(session.id()).orElse(null));
    }

    /** When a session that has not ended was used last: its activity, or its hold, which is a use while it lasts. */
    public Instant lastUse(Session session) {
        return SignInHistory.lastUse(
                ledger.find(session.id()), session.lastActivityAt(), session.heldUntil(), clock.now());
    }

    /**
     * Locks an application, together with others who open sessions. Done before anything else is locked that belongs to
     * the session, and first of all.
     *
     * @return the number of its last change; empty where the application is disabled
     */
    @Transactional(TxType.MANDATORY)
    public Optional<Long> admitApplication(String applicationId) {
        return principals.admitApplication(applicationId);
    }

    /**
     * Locks a user, together with others who open sessions, once the application is locked.
     *
     * @return the user, and what the user is given now; empty where the user is disabled
     */
    @Transactional(TxType.MANDATORY)
    public Optional<EnabledUser> admitUser(UUID userId) {
        return principals.admitUser(userId);
    }

    /**
     * The same, with the user locked alone: nobody else opens a session of the user until the transaction ends.
     *
     * @return the user, and what the user is given now; empty where the user is disabled
     */
    @Transactional(TxType.MANDATORY)
    public Optional<EnabledUser> admitUserAlone(UUID userId) {
        return principals.admitUserAlone(userId);
    }

    /** Keeps everybody from opening sessions of a user until the transaction ends. */
    @Transactional(TxType.MANDATORY)
    public void lockUser(UUID userId) {
        principals.lockUser(userId);
    }

    /**
     * Opens a session: its access token is good once the transaction is committed. Where the user has as many as are
     * permitted, the one of the same sign-in and application that was used longest ago makes room.
     *
     * @param newSession with an application and a user who were {@linkplain #admitApplication admitted} in this
     *     transaction
     * @throws org.lapse.platform.api.ApiException 429 where the user, or the application on its own, has as many as are
     *     permitted and none makes room, or has opened as many as are permitted in a day
     */
    @Transactional(TxType.MANDATORY)
    public void open(NewSession newSession) {
        Instant now = clock.now();
        limits.admit(newSession, now);
        Session session = new Session(newSession, numbers.next(), now);
        rows.insert(session);
        tell(new SessionEvent.SessionOpened(SessionEvent.Subject.of(session), now));
        follow(session, Optional.of(newSession.principal()), ActivitySources.OPENED, now);
    }

    /**
     * The same for a session that belongs to no sign-in and is all of its use case.
     *
     * @return false where the application or the user is disabled
     */
    @Transactional
    public boolean openIfAdmitted(NewSession newSession) {
        Optional<SessionPrincipal> admitted = principals.admit(newSession.principal());
        admitted.ifPresent(principal -> open(newSession.with(principal)));
        return admitted.isPresent();
    }

    /**
     * The same for a user whose password was checked.
     *
     * @param checked the user as the password was checked
     * @return false also where the user has another password since
     */
    @Transactional
    public boolean openIfAdmitted(NewSession newSession, User checked) {
        Optional<SessionPrincipal> admitted =
                principals.admit(newSession.principal()).filter(principal -> principals.isUnchanged(checked));
        admitted.ifPresent(principal -> open(newSession.with(principal)));
        return admitted.isPresent();
    }

    /** The session of that id, locked until the transaction ends; empty where it has ended. */
    @Transactional(TxType.MANDATORY)
    public Optional<Session> lockRow(UUID sessionId) {
        return rows.lock(sessionId);
    }

    /** Whether that is the access token of a session. */
    public boolean has(Session session, TokenDigest token) {
        TokenDigest present = session.token();
        return present != null && present.equals(token);
    }

    /**
     * Whether a session may go on with another access token, by its row and by what the ledger knows of its deadline.
     * That its present access token has expired is no hindrance.
     *
     * @param session a session that was locked in this transaction, which {@link AsksOtherNodes}
     */
    @Transactional(TxType.MANDATORY)
    public boolean mayGoOn(Session session) {
        Instant now = clock.now();
        return session.isActive(now)
                && statusHere(session, now)
                        .filter(status -> status != SessionStatus.ACTIVE && status != SessionStatus.EXPIRED)
                        .isEmpty();
    }

    private Optional<SessionStatus> statusHere(Session session, Instant now) {
        return ledger.find(session.id())
                .map(live -> certainLapses.status(live, session.lastActivityAt(), session.heldUntil(), now));
    }

    /**
     * Gives a session its next access token, which is no activity: a client does that by itself. The one before stays
     * good for the calls that are under way.
     *
     * @param session a session that was locked in this transaction and is active
     * @param principal to whom and for what, as it holds now
     * @param formerUntil until when the token before stays good
     */
    @Transactional(TxType.MANDATORY)
    public void giveToken(
            Session session,
            SessionPrincipal principal,
            TokenDigest token,
            Instant tokenExpiresAt,
            Instant formerUntil) {
        Instant now = clock.now();
        session.giveToken(token, principal.scope(), tokenExpiresAt, formerUntil, numbers.next(), now);
        follow(session, Optional.of(principal), ActivitySources.OPENED, now);
    }

    /**
     * Ends those of these sessions that have not ended yet.
     *
     * @return how many that were
     */
    @Transactional
    public int end(Collection<UUID> sessionIds, EndReason reason) {
        return batches.end(sessionIds, reason, clock.now());
    }

    /** Ends a session for good. */
    @Transactional
    public void end(UUID sessionId, EndReason reason) {
        end(List.of(sessionId), reason);
    }

    /**
     * Locks those of these sessions that are active and could be unlocked: their users have to authenticate again
     * before they go on.
     *
     * @return how many that were
     */
    @AsksOtherNodes
    @Transactional
    public int lock(Collection<UUID> sessionIds) {
        return batches.lock(sessionIds, clock.now());
    }

    /** Ends all sessions of a user, those too that are being opened now. */
    @Transactional
    public void endOfUser(UUID userId, EndReason reason) {
        principals.lockUser(userId);
        end(rows.liveIds(SessionRows.Reference.USER, userId), reason);
    }

    /**
     * Ends all sessions of a user but some, those too that are being opened now.
     *
     * @param goesOn those that go on
     * @return how many have ended
     */
    @Transactional
    public int endOthersOfUser(UUID userId, Predicate<Session> goesOn, EndReason reason) {
        principals.lockUser(userId);
        return end(
                rows.live(SessionRows.Reference.USER, userId).stream()
                        .filter(goesOn.negate())
                        .map(Session::id)
                        .toList(),
                reason);
    }

    /** Ends all sessions of a user in an application, those too that are being opened now. */
    @Transactional
    public void endOfUser(UUID userId, String applicationId, EndReason reason) {
        principals.lockAlone(applicationId, userId);
        end(rows.liveIds(userId, applicationId), reason);
    }

    /** Keeps everybody from opening sessions of a user in an application until the transaction ends. */
    @Transactional(TxType.MANDATORY)
    public void lockUser(String applicationId, UUID userId) {
        principals.lockAlone(applicationId, userId);
    }

    /** Ends all sessions of a sign-in at a browser, which is locked so that none is opened now. */
    @Transactional(TxType.MANDATORY)
    public void endOfSignIn(UUID signInId, EndReason reason) {
        end(rows.liveIds(SessionRows.Reference.SIGN_IN, signInId), reason);
    }

    /** Ends all sessions of an application, its users' and its own, those too that are being opened now. */
    @Transactional
    public void endOfApplication(String applicationId, EndReason reason) {
        principals.lockApplication(applicationId);
        end(rows.liveIds(SessionRows.Reference.APPLICATION, applicationId), reason);
    }

    /**
     * Resumes a locked session, whose original user has just authenticated again.
     *
     * @param fits whether what was given fits the session as it is now
     * @param next the access token that it gets; empty where it goes on with the one that it has, of which the holder
     *     may have another before {@code renewableUntil}
     * @return false where the session has ended meanwhile, or wants another password
     */
    @Transactional(TxType.MANDATORY)
    public boolean unlock(
            UUID sessionId, Function<Session, Boolean> fits, Optional<NextToken> next, Instant renewableUntil) {
        Instant now = clock.now();
        Session session = rows.lock(sessionId)
                .filter(found -> now.isBefore(found.expiresAt()) && fits.apply(found))
                .orElse(null);
        if (session == null) {
            return false;
        }
        session.unlock(numbers.next(), now);
        next.ifPresentOrElse(
                token -> session.giveToken(
                        token.digest(),
                        token.principal().scope(),
                        token.expiresAt(),
                        token.formerUntil(),
                        session.version(),
                        now),
                () -> session.makeRenewable(renewableUntil));
        tell(new SessionEvent.SessionUnlocked(SessionEvent.Subject.of(session), now));
        follow(session, next.map(NextToken::principal), ActivitySources.RELOGIN, now);
        return true;
    }

    /**
     * Gives an active session its next access token, once, after its user has come back at a page; that is no activity.
     *
     * @param token the access token that asks
     * @return false where the session is not active, or nobody has come back to it since
     */
    @Transactional(TxType.MANDATORY)
    public boolean renew(UUID sessionId, TokenDigest token, NextToken next) {
        Instant now = clock.now();
        Session session = rows.lock(sessionId)
                .filter(found -> mayGoOn(found) && found.isRenewable(now) && has(found, token))
                .orElse(null);
        if (session == null) {
            return false;
        }
        giveToken(session, next.principal(), next.digest(), next.expiresAt(), next.formerUntil());
        return true;
    }

    /**
     * Says that a session is held that the present transaction opens or unlocks, as an observer of {@link
     * SessionEvents} may.
     */
    @Transactional(TxType.MANDATORY)
    public void holdFromTheStart(UUID sessionId, Instant until) {
        rows.find(sessionId).ifPresent(session -> session.hold(until, session.version()));
    }

    /**
     * Keeps an active session from becoming inactive before a moment, or no longer; the timeout counts from the end of
     * the hold. Its absolute life is not changed.
     *
     * @param until the end of the hold; empty to end it now
     * @return false where the session is not active
     */
    @Transactional(TxType.MANDATORY)
    public boolean hold(UUID sessionId, Optional<Instant> until) {
        Instant now = clock.now();
        Session session = rows.lock(sessionId).orElse(null);
        if (session == null || session.state() != SessionState.ACTIVE || !isActiveHere(session, now)) {
            return false;
        }
        long number = numbers.next();
        until.ifPresentOrElse(end -> session.hold(end, number), () -> session.release(number, now));
        follow(session, Optional.empty(), ActivitySources.UNKNOWN, now);
        return true;
    }

    private boolean isActiveHere(Session session, Instant now) {
        return statusHere(session, now)
                .map(status -> status == SessionStatus.ACTIVE)
                .orElse(true);
    }

    /** How long the next re-login of a session must wait after the wrong ones before it; zero for not at all. */
    public Duration unlockWait(Session session) {
        return session.unlockWait(clock.now());
    }

    /**
     * Counts a refused re-login; each makes the next one wait twice as long, beginning with {@code firstWait}. The last
     * one that is permitted closes the session.
     *
     * @param attempts how many are permitted
     * @return whether the session is closed now
     */
    @Transactional
    public boolean refuseUnlock(UUID sessionId, Duration firstWait, int attempts) {
        Instant now = clock.now();
        Session session = rows.lock(sessionId).orElse(null);
        if (session == null) {
            return true;
        }
        int refused = session.refuseUnlock(firstWait.multipliedBy(1L << Math.min(session.refusedUnlocks(), 16)), now);
        tell(new SessionEvent.UnlockRefused(SessionEvent.Subject.of(session), now));
        if (refused >= attempts) {
            end(sessionId, EndReason.CLOSED);
            return true;
        }
        return false;
    }

    private void tell(SessionEvent event) {
        events.fire(new SessionEvents(List.of(event)));
    }

    private void follow(Session session, Optional<SessionPrincipal> principal, int reset, Instant now) {
        // What governs the session is read while the database may be asked: after the commit memory alone is.
        principal.ifPresent(timeouts::effectivePolicy);
        changed.fire(
                new SessionsChanged(session.version(), List.of(CommittedStates.of(session, principal, reset)), now));
    }
}
