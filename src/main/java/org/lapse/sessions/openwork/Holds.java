package org.lapse.sessions.openwork;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.database.RowLocks;
import org.lapse.platform.limit.Limited;
import org.lapse.platform.limit.Limits;
import org.lapse.sessions.session.AsksOtherNodes;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionEvents;
import org.lapse.sessions.session.Sessions;

/**
 * All open work, of every organization. Each hold is bounded, so that a holder that vanishes does not hold for ever.
 *
 * <p>Each use case locks what it holds first: the session's row, or the user and then the rows of the user's sessions.
 * So those who open, extend and end holds of one session or user come one after the other, and disturb nobody else.
 */
@Singleton
@AsksOtherNodes
@Transactional
public class Holds {
    private static final String PROGRESS = "progress";

    private final HoldRows rows;
    private final Sessions sessions;
    private final Limits limits;
    private final WallClock clock;
    private final Duration maximum;
    private final Duration progress;

    @Inject
    Holds(
            HoldRows rows,
            Sessions sessions,
            Limits limits,
            WallClock clock,
            @ConfigProperty(name = "lapse.hold.maximum", defaultValue = "PT2H") Duration maximum,
            @ConfigProperty(name = "lapse.hold.progress", defaultValue = "PT1M") Duration progress) {
        this.rows = rows;
        this.sessions = sessions;
        this.limits = limits;
        this.clock = clock;
        this.maximum = maximum;
        this.progress = progress;
    }

    /** The longest time that a hold may last. */
    public Duration maximum() {
        return maximum;
    }

    /** The open holds of one session, the oldest first. */
    List<Hold> ofSession(UUID sessionId) {
        return rows.openOfSession(sessionId, clock.now());
    }

    /** The open holds of all of a user's sessions, the oldest first. */
    List<Hold> ofUser(UUID userId) {
        return rows.openOfUser(userId, clock.now());
    }

    /**
     * Keeps a session from becoming inactive for a time, which is at most {@link #maximum()}.
     *
     * @throws ApiException 401 if the session is not active any more; 429 if too many of its holds are open
     */
    Hold openForSession(Caller by, UUID sessionId, String reason, Duration time) {
        Instant now = clock.now();
        sessions.lockRow(sessionId);
        refuseTooMany(rows.openOfSession(sessionId, now), now);
        Hold hold = rows.open(
                Hold.ofSession(by.organizationId(), sessionId, reason, now, now.plus(bounded(time))), now, by);
        if (!follow(sessionId)) {
            throw ApiException.badCredentials("The access token ended because of inactivity.");
        }
        return hold;
    }

    /**
     * Locks a user, and the sessions that a hold of the user holds, until the transaction ends. Done before anything
     * else is locked in a use case that opens or ends such a hold at its end.
     */
    public void lockHeld(UUID userId) {
        sessions.lockUser(userId);
        sessions.liveOfUser(userId).stream()
                .map(Session::id)
                .sorted(RowLocks.ORDER)
                .forEach(sessions::lockRow);
    }

    /**
     * Keeps all sessions of a user from becoming inactive for a time, which is at most {@link #maximum()}; those too
     * that are opened meanwhile.
     *
     * @throws ApiException 429 if too many of the user's holds are open
     */
    public Hold openForUser(Caller by, UUID userId, String reason, Duration time) {
        Instant now = clock.now();
        sessions.lockUser(userId);
        refuseTooMany(rows.openOfUser(userId, now), now);
        Hold hold = rows.open(Hold.ofUser(by.organizationId(), userId, reason, now, now.plus(bounded(time))), now, by);
        followUser(userId);
        return hold;
    }

    /** Ends holds before their time; the timeout of what they held counts from now. */
    void end(List<Hold> holds, @Nullable Caller by) {
        holds.stream()
                .map(Hold::userId)
                .filter(Objects::nonNull)
                .sorted(RowLocks.ORDER)
                .distinct()
                .forEach(sessions::lockUser);
        holds.stream()
                .map(Hold::sessionId)
                .filter(Objects::nonNull)
                .sorted(RowLocks.ORDER)
                .distinct()
                .forEach(sessions::lockRow);
        rows.end(holds, clock.now(), by);
        for (Hold hold : holds) {
            if (hold.sessionId() != null) {
                follow(hold.sessionId());
            }
            if (hold.userId() != null) {
                followUser(hold.userId());
            }
        }
    }

    /**
     * Ends the open work of a user that was opened for that reason.
     *
     * @param by who says so; null where it follows from something else
     */
    public void endOfUser(@Nullable Caller by, UUID userId, String reason) {
        end(ofUser(userId).stream().filter(hold -> hold.reason().equals(reason)).toList(), by);
    }

    /**
     * Ends the open work of a user that was opened for that reason, inside the transaction that ends or locks the
     * user's sessions. Whatever other session it held stays held until its time is over.
     */
    public void endWithSessions(UUID userId, String reason, Instant now) {
        rows.endOfUser(userId, reason, now);
    }

    /**
     * A progress indicator is shown in a session, and watching it is not inactivity: holds it for {@code
     * lapse.hold.progress} from now. Said again and again, for {@link #maximum()} at the most; then somebody must be
     * there first. What is shown in all sessions of a sign-in is one piece of work: the next of them goes on with the
     * time that is left, unless somebody was there since.
     *
     * @param somebodyIsThere whether an activity was seen besides, so that a maximum that was reached begins anew
     */
    public void showProgress(Caller by, UUID sessionId, boolean somebodyIsThere) {
        Instant now = clock.now();
        Session session = sessions.lockRow(sessionId).orElse(null);
        if (session == null) {
            return;
        }
        Optional<Hold> open = rows.latestOfSession(sessionId, PROGRESS).filter(hold -> hold.isOpen(now));
        Instant begun = open.map(Hold::openedAt).orElseGet(() -> beginningOfProgress(session, somebodyIsThere, now));
        Instant until = earlier(now.plus(progress), begun.plus(maximum));
        if (open.isPresent()) {
            open.get().extend(until);
        } else if (now.isBefore(until)) {
            rows.open(Hold.ofSession(by.organizationId(), sessionId, PROGRESS, begun, until), now, by);
        }
        follow(sessionId);
    }

    /** Since when progress is shown that begins in a session, or goes on from another one of its sign-in. */
    private Instant beginningOfProgress(Session session, boolean somebodyIsThere, Instant now) {
        UUID signInId = session.signInId();
        Hold latest = (signInId == null
                        ? rows.latestOfSession(session.id(), PROGRESS)
                        : rows.latestOfSignIn(signInId, PROGRESS))
                .orElse(null);
        if (latest == null) {
            return now;
        }
        if (latest.isOpen(now)) {
            return latest.openedAt();
        }
        boolean isNew = somebodyIsThere || (!latest.lasted(maximum) && wasUsedSince(latest.over(), session));
        return isNew ? now : latest.openedAt();
    }

    private boolean wasUsedSince(Instant moment, Session session) {
        UUID signInId = session.signInId();
        return (signInId == null
                        ? Optional.of(sessions.lastUse(session))
                        : sessions.history(signInId, Instant.EPOCH).lastUse())
                .filter(moment::isBefore)
                .isPresent();
    }

    /** What is opened or unlocked is held by what holds the user already. */
    void hold(@Observes SessionEvents happened) {
        happened.of(SessionEvent.SessionOpened.class)
                .filter(opened -> opened.session().userId() != null) // nobody holds a session that is not there yet
                .forEach(this::holdFromTheStart);
        happened.of(SessionEvent.SessionUnlocked.class).forEach(this::holdFromTheStart);
    }

    private void holdFromTheStart(SessionEvent event) {
        SessionEvent.Subject session = event.session();
        rows.heldUntil(session.id(), session.userId(), event.at())
                .ifPresent(until -> sessions.holdFromTheStart(session.id(), until));
    }

    private Duration bounded(Duration time) {
        return time.compareTo(maximum) < 0 ? time : maximum;
    }

    private void refuseTooMany(List<Hold> open, Instant now) {
        int most = limits.most(Limited.HOLDS);
        if (open.size() >= most) {
            throw limits.refusal(
                    Limited.HOLDS,
                    "There are " + most + " open holds already.",
                    open.stream()
                            .map(Hold::until)
                            .min(Comparator.naturalOrder())
                            .map(end -> Duration.between(now, end)));
        }
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private void followUser(UUID userId) {
        sessions.liveOfUser(userId).stream()
                .map(Session::id)
                .sorted(RowLocks.ORDER)
                .forEach(this::follow);
    }

    private boolean follow(UUID sessionId) {
        return sessions.lockRow(sessionId)
                .map(session -> sessions.hold(sessionId, rows.heldUntil(sessionId, session.userId(), clock.now())))
                .orElse(false);
    }
}
