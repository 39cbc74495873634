package org.lapse.insight.diagnostics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a client's log what would let its reader in. That is whatever has the form of a JWT, or of what {@link
 * org.lapse.platform.page.Unguessable} makes: refresh tokens, authorization codes, sockets' keys, cookies, generated
 * client secrets, addresses that work once. It is also what is named as a secret, whatever its form: chosen client
 * secrets and passwords, in JSON and in forms, and bearer and basic credentials.
 */
final class Redaction {
    private static final String REDACTED = "[redacted]";

    /** {@code eyJ} is how the Base64url of a JSON object begins (RFC 7515 section 3.1). */
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+){1,4}");

    /** 256 random bits in Base64url, and what is longer: what stands before it may belong to an escape. */
    private static final Pattern UNGUESSABLE = Pattern.compile("[A-Za-z0-9_-]{43,}+");

    /** RFC 6750 section 2.1. */
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer[ +]|bearer%20)[A-Za-z0-9._~+/-]{1,4096}+=*+");

    /** RFC 7617 section 2. */
    private static final Pattern BASIC = Pattern.compile(
            "(?i)(authorization[\"'\\\\]{0,4}[:=] {0,2}[\"'\\\\]{0,4}basic[ +])[A-Za-z0-9+/_-]{1,4096}+=*+");

    private static final String NAMES = "client_?secret|secret|(?:old|new|current)?_?password|passphrase|refresh_?token"
            + "|access_?token|id_?token(?:_?hint)?|code_?verifier|(?:client_?)?assertion";

    private static final Pattern NAME = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);

    /** In a form or a query, and in JSON that stands in a text, where quotation marks are escaped or not. */
    private static final Pattern NAMED = Pattern.compile(
            "\\b(" + NAMES
                    + ")((?:\\\\{0,4}[\"'])? {0,2}[:=] {0,2})(?:(\\\\{0,4}[\"'])([^\"'\\\\]*+)|[^&\\s\"',;<>{}\\\\\\[]++)",
            Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    /** What a client tells, with names and texts at any depth. */
    static Map<String, Object> of(Map<String, Object> told) {
        Map<String, Object> kept = new LinkedHashMap<>();
        told.forEach((name, value) -> kept.put(of(name), of(name, value)));
        return kept;
    }

    private static @Nullable Object of(String name, @Nullable Object value) {
        return value != null && NAME.matcher(name).matches() ? REDACTED : of(value);
    }

    private static @Nullable Object of(@Nullable Object value) {
        if (value instanceof String text) {
            return of(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Redaction::of).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> kept = new LinkedHashMap<>();
            map.forEach((name, inner) -> kept.put(of(String.valueOf(name)), of(String.valueOf(name), inner)));
            return kept;
        }
        return value;
    }

    /** The same for a text. */
    static String of(String text) {
        String named = NAMED.matcher(text).replaceAll(Redaction::withoutValue);
        String credentials =
                BASIC.matcher(BEARER.matcher(named).replaceAll("$1" + REDACTED)).replaceAll("$1" + REDACTED);
        return UNGUESSABLE
                .matcher(JWT.matcher(credentials).replaceAll(REDACTED))
                .replaceAll(REDACTED);
    }

    private static String withoutValue(MatchResult found) {
        String quote = found.group(3) == null ? "" : found.group(3);
        return Matcher.quoteReplacement(found.group(1) + found.group(2) + quote + REDACTED);
    }
}
