package org.lapse.access.gate;

import org.lapse.platform.api.BearerToken;

/**
 * Why a call may not pass, as {@code WWW-Authenticate} says it. Each way to refuse is one named factory; the status is
 * always 401, because that is what every proxy understands.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750, section 3.1</a>
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String challenge;

    private Refusal(String challenge) {
        super(challenge, null, false, false);
        this.challenge = challenge;
    }

    private static Refusal of(String error, String reason) {
        return new Refusal(BearerToken.challenge(error, reason));
    }

    /** The call carries no token. */
    static Refusal noToken() {
        return new Refusal(BearerToken.challenge());
    }

    /** The call carries a token in a header and one in a cookie, which RFC 6750 section 2 forbids. */
    static Refusal twoTokens() {
        return of("invalid_request", "The call carries more than one access token.");
    }

    /** A header stands in the request more than once. */
    static Refusal repeatedHeader() {
        return of("invalid_request", "A header stands in the request more than once.");
    }

    /** The token is unknown, has ended or has expired; {@code reason} is which of them. */
    static Refusal invalidToken(String reason) {
        return of("invalid_token", reason);
    }

    /** The session is locked; RFC 9470 section 3. */
    static Refusal locked() {
        return of(
                "insufficient_user_authentication",
                "The session is locked because of inactivity: a re-login resumes it.");
    }

    /** The organization permits no such call from there; {@code reason} says what it is about. */
    static Refusal notFromThere(String reason) {
        return of("access_denied", reason);
    }

    /** Somebody asks who is no trusted proxy. */
    static Refusal stranger() {
        return of("access_denied", "The gate answers trusted proxies alone.");
    }

    /** The proxy does not say about which call it asks, because it is not configured as it should be. */
    static Refusal unknownCall() {
        return of("invalid_request", "The proxy does not say about which call it asks.");
    }

    /** Something went wrong on our side, so nobody passes. */
    static Refusal fault() {
        return of("temporarily_unavailable", "The server met an unexpected fault.");
    }

    /** The value of {@code WWW-Authenticate}. */
    String challenge() {
        return challenge;
    }
}
