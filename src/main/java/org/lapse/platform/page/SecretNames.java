package org.lapse.platform.page;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which secrets are sent: told by what they say and not from a list of ours, so that a parameter that is
 * made tomorrow is known too.
 */
final class SecretNames {
    private static final Pattern BETWEEN = Pattern.compile("[&;]");
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]");

    /** Whatever has one of these in it. */
    private static final List<String> PARTS = List.of("password", "passwd", "passwort", "passphrase", "secret");

    /** Whatever ends like this: {@code access_token} is one, {@code token_type_hint} is none. */
    private static final List<String> ENDS =
            List.of("token", "verifier", "assertion", "credential", "credentials", "recoverycode", "onetimecode");

    private static final Set<String> WHOLE = Set.of("pwd", "pin", "otp", "totp", "csrf", "apikey", "privatekey");

    /**
     * A code is for the page of an application to which it comes back. Where it is handed in, it is a secret: an
     * authorization code, a one-time code, or the one of a link.
     */
    private static final String CODE = "code";

    private static final List<String> TAKE_CODES = List.of("/oauth/", "/api/", "/gax/", "/password/", "/relogin");

    private SecretNames() {}

    /** Whether a query of a request for that path holds a secret. */
    static boolean isIn(String path, String query) {
        return BETWEEN.splitAsStream(query)
                .map(field -> field.split("=", 2)[0])
                .map(SecretNames::decoded)
                .anyMatch(name -> isOne(path, name));
    }

    private static boolean isOne(String path, String name) {
        String plain = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        return PARTS.stream().anyMatch(plain::contains)
                || ENDS.stream().anyMatch(plain::endsWith)
                || WHOLE.contains(plain)
                || (plain.equals(CODE) && takesCodes(path));
    }

    private static boolean takesCodes(String path) {
        return TAKE_CODES.stream().anyMatch(path::startsWith);
    }

    /** What is not encoded as it should be stands for itself. */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
