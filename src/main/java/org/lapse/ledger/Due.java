package org.lapse.ledger;

import java.time.Instant;

/**
 * A session whose deadline has passed and which is now to be ended or locked.
 *
 * @param <T> what the ledger keeps with a session
 * @param session the session, which no longer gives access
 * @param standing {@link Standing#INACTIVE} or {@link Standing#EXPIRED}, by the deadline that came first
 * @param lastActivity its last activity when the deadline passed, or the end of its hold if that is later
 * @param deadline the deadline that passed
 */
public record Due<T>(LiveSession<T> session, Standing standing, Instant lastActivity, Instant deadline) {}
