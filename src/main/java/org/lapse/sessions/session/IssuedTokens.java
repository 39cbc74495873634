package org.lapse.sessions.session;

import java.time.Instant;

/** Recognizes the access tokens of this installation without asking who holds them. */
public interface IssuedTokens {
    /**
     * Whether one of our keys has signed a token, and its life is not over.
     *
     * @param accessToken whatever a client sent
     */
    boolean isAlive(String accessToken, Instant now);
}
