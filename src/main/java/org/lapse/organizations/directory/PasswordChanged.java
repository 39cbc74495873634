package org.lapse.organizations.directory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user has another password than before. Fired inside the transaction, in which the user is locked alone.
 *
 * @param userId whose password it is
 * @param applicationId through which application it was changed
 * @param hashBefore the hash of the password before, for sessions that go on knowing it; null where
 *     there was none
 * @param otherSessions what becomes of the user's other sessions
 * @param signInId the sign-in of the browser that changes it, whose sessions are no others; null where a session does
 */
public record PasswordChanged(
        UUID userId,
        String applicationId,
        @Nullable String hashBefore,
        OtherSessions otherSessions,
        @Nullable UUID signInId) {
    @Override
    public String toString() {
        return "PasswordChanged[userId=" + userId + ", applicationId=" + applicationId + "]";
    }
}
