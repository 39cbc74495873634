package org.lapse.sessions.session;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.ledger.TokenDigest;

/**
 * What it takes to open a session.
 *
 * @param id the session's id, which stands in the access token as {@code sid}
 * @param principal to whom and for what
 * @param signInId the sign-in at a browser through which it is opened; null where there is none
 * @param usedAt the last use by somebody that it follows, from which its inactivity counts
 * @param token the digest of the first access token
 * @param tokenExpiresAt when that token's life is over
 * @param expiresAt when the session's life is over: later than the token's only where a refresh token was given
 */
public record NewSession(
        UUID id,
        SessionPrincipal principal,
        @Nullable UUID signInId,
        Instant usedAt,
        TokenDigest token,
        Instant tokenExpiresAt,
        Instant expiresAt) {
    /** The same with a principal as it holds now. */
    NewSession with(SessionPrincipal admitted) {
        return new NewSession(id, admitted, signInId, usedAt, token, tokenExpiresAt, expiresAt);
    }
}
