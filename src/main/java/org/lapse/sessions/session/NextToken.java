package org.lapse.sessions.session;

import java.time.Instant;
import org.lapse.sessions.ledger.TokenDigest;

/**
 * The access token that a session gets in the place of the one that it has.
 *
 * @param principal to whom and for what, as it holds now
 * @param digest the digest of the token
 * @param expiresAt when its life is over
 * @param formerUntil until when the token before stays good, for the calls that are under way
 */
public record NextToken(SessionPrincipal principal, TokenDigest digest, Instant expiresAt, Instant formerUntil) {}
