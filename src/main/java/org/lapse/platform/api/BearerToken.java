package org.lapse.platform.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The access token in a request's {@code Authorization} header.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
public final class BearerToken {
    private static final String SCHEME = "bearer ";

    private BearerToken() {}

    /** The token in the value of that header; empty where there is no header, or one of another scheme. */
    public static Optional<String> of(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    /**
     * What {@code WWW-Authenticate} says to somebody who sent no token.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</a>
     */
    public static String challenge() {
        return "Bearer realm=\"lapse\"";
    }

    /**
     * What {@code WWW-Authenticate} says to somebody whose token is not good enough.
     *
     * @param error the code, such as {@code invalid_token}
     * @param reason why, in one sentence without quotation marks
     */
    public static String challenge(String error, String reason) {
        return challenge() + ", error=\"" + error + "\", error_description=\"" + reason + "\"";
    }
}
