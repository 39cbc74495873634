package org.lapse.platform.page;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Values that nobody guesses: 256 random bits, as 43 characters that need no escaping in a URL or a cookie. */
public final class Unguessable {
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Unguessable() {}

    /** A new one. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether a value can be one of ours. */
    public static boolean hasForm(String value) {
        return FORM.matcher(value).matches();
    }
}
