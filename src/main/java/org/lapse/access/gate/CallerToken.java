package org.lapse.access.gate;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.BearerToken;

/**
 * Where the access token of a call is: in its header {@code Authorization} or, if that is configured, in a cookie.
 * Never in the query, which ends up in logs, nor in the body, which is not sent to us.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2">RFC 6750, section 2</a>
 */
@Singleton
class CallerToken {
    private final @Nullable String cookie;

    @Inject
    CallerToken(@ConfigProperty(name = "lapse.gate.cookie") Optional<String> cookie) {
        this.cookie = cookie.orElse(null);
    }

    /**
     * The access token.
     *
     * @throws Refusal where there is none, or more than one
     */
    String of(HttpServletRequest request) {
        String inHeader =
                BearerToken.of(OriginalCall.header(request, "Authorization")).orElse(null);
        String inCookie = cookie == null ? null : inCookie(request, cookie);
        if (inHeader != null && inCookie != null) {
            throw Refusal.twoTokens();
        }
        String token = inHeader == null ? inCookie : inHeader;
        if (token == null) {
            throw Refusal.noToken();
        }
        return token;
    }

    private static @Nullable String inCookie(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return null;
        }
        String value = null;
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name)) {
                if (value != null) {
                    throw Refusal.twoTokens();
                }
                value = cookie.getValue();
            }
        }
        return value;
    }
}
