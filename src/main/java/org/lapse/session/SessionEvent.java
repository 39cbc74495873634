package org.lapse.session;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something happened to a session. Fired inside the transaction that writes it. */
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
        static Subject of(Session session) {
            return new Subject(session.id(), session.organizationId(), session.applicationId(), session.userId());
        }

        static Subject of(UUID id, Grant grant) {
            return new Subject(id, grant.organizationId(), grant.applicationId(), grant.userId());
        }
    }

    /** A session was opened. */
    record SessionOpened(Subject session, Instant at) implements SessionEvent {}

    /** A session was locked because of inactivity; {@code lateness} is how long after its deadline. */
    record SessionLocked(Subject session, Instant at, Duration lateness) implements SessionEvent {}

    /** A locked session was resumed by its original user. */
    record SessionUnlocked(Subject session, Instant at) implements SessionEvent {}

    /** A re-login was refused: a wrong password, or another user. */
    record UnlockRefused(Subject session, Instant at) implements SessionEvent {}

    /** A session ended; {@code lateness} is how long after its deadline, zero where no deadline ended it. */
    record SessionEnded(Subject session, Instant at, EndReason reason, Duration lateness) implements SessionEvent {}
}
