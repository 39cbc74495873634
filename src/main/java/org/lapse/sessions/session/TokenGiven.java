package org.lapse.sessions.session;

import java.time.Instant;
import org.lapse.sessions.ledger.LiveSession;

/**
 * A session was given an access token: its first, or the next one. Fired when the token is good, outside of any
 * transaction of the session's.
 *
 * @param session the live session that has the token; where it is the next one, in the place of the one before
 * @param at when it was given
 */
public record TokenGiven(LiveSession<SessionPrincipal> session, Instant at) {}
