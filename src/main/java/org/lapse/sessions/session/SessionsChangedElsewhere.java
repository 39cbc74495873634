package org.lapse.sessions.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What other nodes did to sessions, as far as the rows say it; of several changes of one session in a moment the last.
 * Fired inside the transaction that reads them. What those nodes wrote with it they have written: it is for those who
 * tell somebody who is connected to this node.
 *
 * @param tokens the access tokens that were given, the earliest first
 * @param events ends and locks, the earliest first
 */
public record SessionsChangedElsewhere(List<Token> tokens, List<SessionEvent> events) {
    /**
     * An access token that was given to a session.
     *
     * @param session the session
     * @param at when
     * @param expiresAt when the token's life is over
     */
    public record Token(SessionEvent.Subject session, Instant at, Instant expiresAt) {
        private static Token of(Session row) {
            return new Token(SessionEvent.Subject.of(row), row.tokenGivenAt(), row.tokenExpiresAt());
        }
    }

    /**
     * What rows say of changes.
     *
     * @param numbers the numbers of the changes
     * @param rows those that were changed, the earliest first
     */
    static SessionsChangedElsewhere of(Set<Long> numbers, List<Session> rows) {
        return new SessionsChangedElsewhere(
                rows.stream()
                        .filter(row -> numbers.contains(row.tokenNumber()))
                        .map(Token::of)
                        .toList(),
                rows.stream().flatMap(row -> eventOf(row).stream()).toList());
    }

    private static Optional<SessionEvent> eventOf(Session row) {
        SessionEvent.Subject subject = SessionEvent.Subject.of(row);
        Instant endedAt = row.endedAt();
        EndReason reason = row.endReason();
        Instant lockedAt = row.lockedAt();
        if (row.state() == SessionState.ENDED && endedAt != null && reason != null) {
            return Optional.of(new SessionEvent.SessionEnded(subject, endedAt, reason, null, null));
        }
        return row.state() == SessionState.LOCKED && lockedAt != null
                ? Optional.of(new SessionEvent.SessionLocked(subject, lockedAt, null, null))
                : Optional.empty();
    }
}
