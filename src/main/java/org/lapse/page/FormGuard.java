package org.lapse.page;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lapse.api.Issuer;

/**
 * Tells a form that we showed to this browser from one that another site sends in its name: the same unguessable value
 * must come back in a cookie and in a hidden field, and the origin, where the browser names one, must be ours.
 *
 * <p>A browser keeps one value for all its forms, so that two of them may be open side by side.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html">
 *     OWASP Cross-Site Request Forgery Prevention Cheat Sheet</a>
 */
@Singleton
public class FormGuard {
    /** The name of the hidden field. */
    public static final String FIELD = "csrf";

    private static final String COOKIE = "lapse_form";

    private final BrowserCookies cookies;
    private final Issuer issuer;

    @Inject
    FormGuard(BrowserCookies cookies, Issuer issuer) {
        this.cookies = cookies;
        this.issuer = issuer;
    }

    /** The value for the hidden field of a form that is about to be shown to this browser. */
    public String valueFor(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> known = cookies.read(request, COOKIE).filter(Unguessable::hasForm);
        if (known.isPresent()) {
            return known.get();
        }
        String value = Unguessable.next();
        cookies.set(response, COOKIE, value);
        return value;
    }

    /** Whether the form that came back with that value in its hidden field is one that we showed to this browser. */
    public boolean accepts(HttpServletRequest request, @Nullable String field) {
        Optional<String> cookie = cookies.read(request, COOKIE).filter(Unguessable::hasForm);
        return field != null
                && cookie.isPresent()
                && isSame(cookie.get(), field)
                && isOurs(request.getHeader("Origin"), request.getHeader("Host"));
    }

    private static boolean isSame(String cookie, String field) {
        return MessageDigest.isEqual(cookie.getBytes(StandardCharsets.UTF_8), field.getBytes(StandardCharsets.UTF_8));
    }

    /** Ours is the issuer's origin, and the host that this very request names: a browser cannot be made to lie there. */
    private boolean isOurs(@Nullable String origin, @Nullable String host) {
        if (origin == null || origin.toLowerCase(Locale.ROOT).equals(issuer.origin())) {
            return true;
        }
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
