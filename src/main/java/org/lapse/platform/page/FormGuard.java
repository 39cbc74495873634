package org.lapse.platform.page;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.IssuerIdentifier;

/**
 * Tells a form that we showed to this browser from one that another site sends in its name: the same unguessable value
 * must come back in a cookie and in a hidden field, and the origin, where the browser names one, must be ours.
 *
 * <p>A browser that sends a value is shown its next forms with the same one. Tabs that open before they have any are
 * given one each, under a name of its own, so that none takes away what another's form needs. A browser keeps the last
 * {@value #MOST}.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html">
 *     OWASP Cross-Site Request Forgery Prevention Cheat Sheet</a>
 */
@Singleton
public class FormGuard {
    /** The name of the hidden field. */
    public static final String FIELD = "csrf";

    /** How many values a browser keeps at the most. */
    static final int MOST = 8;

    /** The beginning of the cookies' names; the beginning of the value follows. */
    private static final String COOKIE = "lapse_form_";

    private static final int NAMED_BY = 8;

    private final BrowserCookies cookies;
    private final IssuerIdentifier issuer;

    @Inject
    FormGuard(BrowserCookies cookies, IssuerIdentifier issuer) {
        this.cookies = cookies;
        this.issuer = issuer;
    }

    /** The value for the hidden field of a form that is about to be shown to this browser. */
    public String valueFor(HttpServletRequest request, HttpServletResponse response) {
        List<String> known = cookies.readAll(request, COOKIE).stream()
                .filter(value -> valueIn(request, value).filter(value::equals).isPresent())
                .toList();
        known.stream()
                .limit(Math.max(0, known.size() - MOST))
                .forEach(oldest -> cookies.forget(response, nameOf(oldest)));
        if (!known.isEmpty()) {
            return known.get(known.size() - 1);
        }
        String value = Unguessable.next();
        cookies.set(response, nameOf(value), value);
        return value;
    }

    /** Whether the form that came back with that value in its hidden field is one that we showed to this browser. */
    public boolean accepts(HttpServletRequest request, @Nullable String field) {
        return field != null
                && valueIn(request, field).filter(value -> isSame(value, field)).isPresent()
                && isOurs(request.getHeader("Origin"), request.getHeader("Host"));
    }

    /** The value that the browser keeps under the name of that one; empty where that cannot be one of ours. */
    private Optional<String> valueIn(HttpServletRequest request, String like) {
        return Unguessable.hasForm(like)
                ? cookies.read(request, nameOf(like)).filter(Unguessable::hasForm)
                : Optional.empty();
    }

    private static String nameOf(String value) {
        return COOKIE + value.substring(0, NAMED_BY);
    }

    private static boolean isSame(String cookie, String field) {
        return MessageDigest.isEqual(cookie.getBytes(StandardCharsets.UTF_8), field.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Ours is the issuer's origin, and the host that this very request names: a browser cannot be made to lie there.
     */
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
