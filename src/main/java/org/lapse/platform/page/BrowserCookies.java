package org.lapse.platform.page;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lapse.platform.api.IssuerIdentifier;

/**
 * The cookies that we leave in browsers: out of reach for scripts, not sent with what other sites load or post, and
 * forgotten when the browser is closed, unless they are left for longer. Where the issuer is https they travel by TLS alone, and their names begin with
 * {@code __Host-}, so that no neighbouring host can plant one.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3.2">RFC 6265bis,
 *     section 4.1.3.2</a>
 */
@Singleton
public class BrowserCookies {
    private final boolean secure;

    /** Cookies for the browsers that reach that issuer. */
    @Inject
    public BrowserCookies(IssuerIdentifier issuer) {
        this.secure = issuer.isSecure();
    }

    /** The value of the cookie of that name; empty where the browser sent none, or more than one. */
    public Optional<String> read(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String wanted = fullName(name);
        String value = null;
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(wanted)) {
                if (value != null) {
                    return Optional.empty();
                }
                value = cookie.getValue();
            }
        }
        return Optional.ofNullable(value);
    }

    /**
     * The values of all cookies whose names begin like that, those first that came to the browser first (RFC 6265
     * section 5.4).
     */
    List<String> readAll(HttpServletRequest request, String beginning) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? List.of()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().startsWith(fullName(beginning)))
                        .map(Cookie::getValue)
                        .toList();
    }

    /** Leaves a cookie in the browser. */
    public void set(HttpServletResponse response, String name, String value) {
        response.addCookie(cookie(name, value));
    }

    /** Leaves a cookie in the browser for that long, whether the browser is closed or not. */
    public void setFor(Duration kept, HttpServletResponse response, String name, String value) {
        Cookie cookie = cookie(name, value);
        cookie.setMaxAge(Math.toIntExact(kept.toSeconds()));
        response.addCookie(cookie);
    }

    /**
     * Leaves a cookie that the browser sends for nothing that begins at another site, not even when it follows a link.
     */
    public void setForThisSiteAlone(HttpServletResponse response, String name, String value) {
        Cookie cookie = cookie(name, value);
        cookie.setAttribute("SameSite", "Strict");
        response.addCookie(cookie);
    }

    /** Has the browser forget the cookie of that name. */
    public void forget(HttpServletResponse response, String name) {
        Cookie cookie = cookie(name, "");
        cookie.setMaxAge(0);
        response.addCookie(cookie);
    }

    private Cookie cookie(String name, String value) {
        Cookie cookie = new Cookie(fullName(name), value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }

    private String fullName(String name) {
        return secure ? "__Host-" + name : name;
    }
}
