package org.lapse.sessions.session;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.SessionStatus;

/**
 * What was done with the sessions of a sign-in at a browser, of those too that have ended: as it was written down, and
 * for live ones as the ledger knows it, which may be later.
 */
public final class SignInHistory {
    private final List<Part> parts;
    private final SessionLedger<SessionPrincipal> ledger;
    private final Instant since;
    private final Instant now;

    SignInHistory(List<Part> parts, SessionLedger<SessionPrincipal> ledger, Instant since, Instant now) {
        this.parts = parts;
        this.ledger = ledger;
        this.since = since;
        this.now = now;
    }

    /** When somebody used one of the sessions last; empty where there are none. */
    public Optional<Instant> lastUse() {
        return parts.stream().map(this::lastUse).max(Comparator.naturalOrder());
    }

    /**
     * Whether what the sign-in has in an application lapsed after the password was given, and nobody has unlocked it.
     * Of its sessions there the one decides that was used last: one that was abandoned says nothing of somebody who
     * uses another. A session that an administrator has locked counts as used until then. One whose deadline has passed
     * counts as lapsed, whether the timer has come round or not, and as lapsed at its deadline, however late that was.
     */
    public boolean hasLapsed(String applicationId) {
        List<Part> there = parts.stream()
                .filter(part -> part.applicationId.equals(applicationId))
                .toList();
        List<Part> active =
                there.stream().filter(part -> part.state == SessionState.ACTIVE).toList();
        Instant used = Stream.concat(
                        there.stream().flatMap(part -> Stream.ofNullable(part.unlapsedActivity)),
                        active.stream().map(this::lastUse))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return there.stream()
                        .flatMap(part -> Stream.of(part.lapsedActivity, part.lockedAt))
                        .anyMatch(lapsed -> lapsed != null && !lapsed.isBefore(used))
                || active.stream()
                        .flatMap(part -> inLedger(part).stream())
                        .anyMatch(session -> session.status(now) == SessionStatus.INACTIVE
                                && session.deadline().isAfter(since)
                                && !session.lastActivity().isBefore(used));
    }

    /** The latest use of a session that has not ended: its activity, or its hold, which is a use while it lasts. */
    private Instant lastUse(Part part) {
        if (part.liveId == null) {
            return part.lastActivity;
        }
        return lastUse(inLedger(part), part.lastActivity, part.heldUntil, now);
    }

    /**
     * The latest use of a session that has not ended.
     *
     * @param live what the ledger knows of it
     * @param written its last activity as it was written down
     * @param heldUntil the end of its holds, also where it has passed; null where it has none
     */
    static Instant lastUse(
            Optional<LiveSession<SessionPrincipal>> live, Instant written, @Nullable Instant heldUntil, Instant now) {
        Instant activity = later(written, live.map(LiveSession::lastActivity).orElse(written));
        Instant hold = Optional.ofNullable(heldUntil).orElse(activity);
        return later(activity, hold.isBefore(now) ? hold : now);
    }

    private Optional<LiveSession<SessionPrincipal>> inLedger(Part part) {
        return Optional.ofNullable(part.liveId).flatMap(ledger::find);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /**
     * One session that has not ended, or all of an application that have ended, as they were written down. Each moment
     * is the latest of theirs, and null where none of them has it.
     *
     * @param applicationId the application
     * @param state where they stand
     * @param liveId the session that has not ended; null for those that have
     * @param lastActivity when they were used last
     * @param heldUntil the end of their holds, also where it has passed
     * @param unlapsedActivity the last activity of those that have neither lapsed nor been locked since they were
     *     unlocked last
     * @param lapsedActivity the last activity of those that lapsed after the password was given
     * @param lockedAt when those were locked that did not lapse but were locked since the password was given
     */
    record Part(
            String applicationId,
            SessionState state,
            @Nullable UUID liveId,
            Instant lastActivity,
            @Nullable Instant heldUntil,
            @Nullable Instant unlapsedActivity,
            @Nullable Instant lapsedActivity,
            @Nullable Instant lockedAt) {}
}
