package org.lapse.insight.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Administered;
import org.lapse.sessions.openwork.Hold;
import org.lapse.sessions.session.SessionEvent;

/**
 * Whom a record concerns, whoever acted.
 *
 * @param userId the user; null where it concerns none
 * @param applicationId the application; null where it concerns none
 * @param sessionId the session; null where it concerns none
 */
record Concerned(
        @Nullable UUID userId,
        @Nullable String applicationId,
        @Nullable UUID sessionId) {
    private static final String OF_A_CONSENT = "consent.";

    /** A session, its user and its application. */
    static Concerned of(SessionEvent.Subject session) {
        return new Concerned(session.userId(), session.applicationId(), session.id());
    }

    /** A user; nobody where it is null. */
    static Concerned user(@Nullable UUID userId) {
        return new Concerned(userId, null, null);
    }

    /** A user at an application. */
    static Concerned user(@Nullable UUID userId, @Nullable String applicationId) {
        return new Concerned(userId, applicationId, null);
    }

    /** The session or the user that work is open for. */
    static Concerned of(Hold hold, SessionEvent.@Nullable Subject session) {
        return session == null ? new Concerned(hold.userId(), null, hold.sessionId()) : of(session);
    }

    /** The user or the application that an administrator changed, and who consented to an application. */
    static Concerned of(Administered change) {
        return switch (change.entityType()) {
            case "user" -> user(UUID.fromString(change.entityId()));
            case "application" ->
                user(
                        change.action().startsWith(OF_A_CONSENT)
                                ? change.by().userId().orElse(null)
                                : null,
                        change.entityId());
            default -> user(null);
        };
    }
}
