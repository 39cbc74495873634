package org.lapse.insight.diagnostics;

import java.util.regex.Pattern;

/** Takes out of a client's log what would let its reader in: tokens in the form of a JWT, and bearer credentials. */
final class Redaction {
    private static final String REDACTED = "[redacted]";

    /** {@code eyJ} is how the Base64url of a JSON object begins (RFC 7515 section 3.1). */
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+){1,4}");

    /** RFC 6750 section 2.1. */
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer[ +]|bearer%20)[A-Za-z0-9._~+/-]{1,4096}+=*+");

    private Redaction() {}

    static String of(String text) {
        return BEARER.matcher(JWT.matcher(text).replaceAll(REDACTED)).replaceAll("$1" + REDACTED);
    }
}
