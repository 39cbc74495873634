package org.lapse.organizations.application;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address to which people may be sent back.
 *
 * <p>Whatever is sent there holds an authorization code, so it must reach nobody else: https, or http that does not
 * leave the machine, or a scheme that belongs to one application, named after a domain of its makers.
 *
 * @param value the address, compared letter by letter, but for the port of {@link #isAtAnyPort}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-4.1.3">RFC 9700, section 4.1.3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7">RFC 8252, section 7</a>
 */
record RedirectUri(String value) {
    private static final int LONGEST = 1000;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern LOOPBACK_ADDRESS =
            Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]))(?::([1-9]\\d{0,4}))?((?:[/?].*)?)");
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Keeps the rule.
     *
     * @throws IllegalArgumentException with the reason where people may not be sent to that address
     */
    RedirectUri {
        if (value.length() > LONGEST || value.chars().anyMatch(c -> c > '~')) {
            throw new IllegalArgumentException("A redirect URI has at most 1000 characters, all of them ASCII.");
        }
        URI uri;
        try {
            uri = new URI(value);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("A redirect URI is a URI (RFC 3986).", e);
        }
        if (!uri.isAbsolute() || uri.isOpaque()) {
            throw new IllegalArgumentException("A redirect URI is absolute.");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("A redirect URI has no fragment.");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("A redirect URI has no user name.");
        }
        if (!isAllowed(uri.getScheme().toLowerCase(Locale.ROOT), uri.getHost())) {
            throw new IllegalArgumentException(
                    "A redirect URI is https, or http on a loopback address, or has a private-use scheme with a dot.");
        }
    }

    /**
     * Whether an application that runs on the user's machine may be sent back to another address instead: it differs in
     * the port alone, which the machine gives out, and the registered one is a loopback address that names none. The
     * name {@code localhost} is none, because it may lead elsewhere.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252, sections 7.3 and 8.3</a>
     */
    static boolean isAtAnyPort(String registered, String asked) {
        Matcher known = LOOPBACK_ADDRESS.matcher(registered);
        Matcher wanted = LOOPBACK_ADDRESS.matcher(asked);
        return asked.length() <= LONGEST
                && known.matches()
                && wanted.matches()
                && known.group(2) == null
                && wanted.group(2) != null
                && Integer.parseInt(wanted.group(2)) <= HIGHEST_PORT
                && known.group(1).equals(wanted.group(1))
                && known.group(3).equals(wanted.group(3));
    }

    private static boolean isAllowed(String scheme, @Nullable String host) {
        return switch (scheme) {
            case "https" -> host != null;
            case "http" -> host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
            default -> scheme.contains(".");
        };
    }
}
