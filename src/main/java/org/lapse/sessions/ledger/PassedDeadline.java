package org.lapse.sessions.ledger;

import java.time.Instant;

/**
 * A session whose deadline has passed and which is now to be ended or locked.
 *
 * @param <T> what the ledger keeps with a session
 * @param session the session, which no longer gives access
 * @param status {@link SessionStatus#INACTIVE} or {@link SessionStatus#EXPIRED}, by the deadline that came first
 * @param lastActivity its last activity when the deadline passed, or the end of its hold if that is later
 * @param deadline the deadline that passed
 */
public record PassedDeadline<T>(LiveSession<T> session, SessionStatus status, Instant lastActivity, Instant deadline) {}
