package org.lapse.access.gate;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * What the service behind a proxy is told of who is calling, and what the proxy demands of the caller for it. All headers are always there, empty where there is nothing
 * to say, so that a proxy which overwrites what the client sent under these names overwrites all of it.
 */
@Singleton
class IdentityHeaders {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,40}-");
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final String user;
    private final String userName;
    private final String organization;
    private final String application;
    private final String scopes;
    private final String session;
    private final String secondsLeft;
    private final String audience;

    /**
     * Headers whose names begin alike.
     *
     * @param prefix letters, digits and hyphens, a hyphen at its end
     * @throws IllegalArgumentException if it is anything else
     */
    @Inject
    IdentityHeaders(@ConfigProperty(name = "lapse.gate.header-prefix", defaultValue = "X-Lapse-") String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "lapse.gate.header-prefix is the beginning of a header's name and ends in a hyphen, such as X-Lapse-");
        }
        this.user = prefix + "User";
        this.userName = prefix + "User-Name";
        this.organization = prefix + "Organization";
        this.application = prefix + "Application";
        this.scopes = prefix + "Scopes";
        this.session = prefix + "Session";
        this.secondsLeft = prefix + "Seconds-Left";
        this.audience = prefix + "Audience";
    }

    /**
     * The API for which the token must be, as the proxy says; empty where any will do. A client that gets through with
     * a header of that name demands more of itself, and never less.
     *
     * @throws Refusal where the header comes twice
     */
    String demandedAudience(HttpServletRequest request) {
        String demanded = OriginalCall.header(request, audience);
        return demanded == null ? "" : demanded.strip();
    }

    /** Says who the holder of a session is, and for how many whole seconds the session lives if nothing happens. */
    void write(HttpServletResponse response, LiveSession<SessionPrincipal> live, Instant now) {
        SessionPrincipal holder = live.principal();
        UUID userId = holder.userId();
        response.setHeader(user, userId == null ? "" : userId.toString());
        response.setHeader(userName, userId == null ? "" : safe(holder.name()));
        response.setHeader(organization, holder.organizationId().toString());
        response.setHeader(application, safe(holder.applicationId()));
        response.setHeader(scopes, safe(holder.scope()));
        response.setHeader(session, live.id().toString());
        response.setHeader(secondsLeft, Long.toString(secondsLeft(live, now)));
    }

    private static long secondsLeft(LiveSession<SessionPrincipal> live, Instant now) {
        return Math.max(0, Duration.between(now, live.deadline()).toSeconds());
    }

    /**
     * A value that a header can hold: what is not printable ASCII, and the percent sign, is percent-encoded as UTF-8.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.5">RFC 9110, section 5.5</a>
     */
    static String safe(@Nullable String value) {
        if (value == null) {
            return "";
        }
        int at = 0;
        while (at < value.length() && isSafe(value.charAt(at))) {
            at++;
        }
        return at == value.length() ? value : encoded(value);
    }

    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder(value.length() * 2);
        for (byte unit : value.getBytes(StandardCharsets.UTF_8)) {
            if (isSafe((char) (unit & 0xFF))) {
                encoded.append((char) unit);
            } else {
                encoded.append('%').append(HEX[unit >> 4 & 0xF]).append(HEX[unit & 0xF]);
            }
        }
        return encoded.toString();
    }

    private static boolean isSafe(char character) {
        return character >= ' ' && character <= '~' && character != '%';
    }
}
