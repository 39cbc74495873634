package org.lapse.sessions.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.ledger.PassedDeadline;

/** Something happened to a session. Told inside the transaction that writes it, in a {@link SessionEvents}. */
public sealed interface SessionEvent {
    /** The session. */
    Subject session();

    /** When it happened. */
    Instant at();

    /**
     * The session that an event is about.
     *
     * @param id the session's id, the {@code sid} of its tokens
     * @param organizationId its organization
     * @param applicationId its application
     * @param userId its user; null for an application on its own
     */
    record Subject(
            UUID id,
            UUID organizationId,
            String applicationId,
            @Nullable UUID userId) {
        /** The session of that row. */
        public static Subject of(Session session) {
            return new Subject(session.id(), session.organizationId(), session.applicationId(), session.userId());
        }

        static Subject of(UUID id, SessionPrincipal principal) {
            return new Subject(id, principal.organizationId(), principal.applicationId(), principal.userId());
        }
    }

    /** A session was opened. */
    record SessionOpened(Subject session, Instant at) implements SessionEvent {}

    /**
     * A deadline that passed.
     *
     * @param lastActivity when the session was used last
     * @param deadline when its time was over
     * @param userGroups the ids of the user's groups, by which among others the timeout was decided
     */
    record Lapse(Instant lastActivity, Instant deadline, Set<UUID> userGroups) {
        static Lapse of(PassedDeadline<SessionPrincipal> due) {
            return new Lapse(
                    due.lastActivity(),
                    due.deadline(),
                    due.session().principal().entitlements().groups());
        }

        /** How long after the deadline something happened. */
        public Duration lateness(Instant at) {
            return Duration.between(deadline, at);
        }
    }

    /**
     * A session was locked: because of inactivity, or where {@code lapse} is null by an administrator. {@code
     * lastActivity} is null where another node did it.
     */
    record SessionLocked(
            Subject session,
            Instant at,
            @Nullable Lapse lapse,
            @Nullable LastActivity lastActivity) implements SessionEvent {}

    /** A locked session was resumed by its original user. */
    record SessionUnlocked(Subject session, Instant at) implements SessionEvent {}

    /** A re-login was refused: a wrong password, or another user. */
    record UnlockRefused(Subject session, Instant at) implements SessionEvent {}

    /**
     * A session ended; {@code lapse} is null where no deadline ended it, and {@code lastActivity} where another node
     * did it.
     */
    record SessionEnded(
            Subject session,
            Instant at,
            EndReason reason,
            @Nullable Lapse lapse,
            @Nullable LastActivity lastActivity) implements SessionEvent {}
}
