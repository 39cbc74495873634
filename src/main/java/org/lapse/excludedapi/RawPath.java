package org.lapse.excludedapi;

import java.nio.charset.StandardCharsets;

/**
 * A path as it was sent, read one segment after the other in the way in which Payara and WildFly read it, without making
 * any object: empty segments and dots are nothing, two dots take the segment before away, what follows a semicolon is a
 * matrix parameter and no part of the name, and a percent-encoded byte is that byte but never a separator.
 *
 * <p>A segment is a range of positions in the path. What it says is a row of bytes: those of its UTF-8, whether they
 * were sent percent-encoded or not.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2">RFC 3986, section 6.2.2</a>
 * @see <a href="https://jakarta.ee/specifications/servlet/6.0/jakarta-servlet-spec-6.0#uri-path-canonicalization">Jakarta
 *     Servlet 6.0, section 3.5.2</a>
 */
final class RawPath {
    /** These stand for themselves in a segment (RFC 3986 {@code pchar}), but for the semicolon, and the star, which means more here. */
    private static final String PLAIN = "-._~!$&'()+,=:@";

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final int HASH_FACTOR = 31;

    private RawPath() {}

    /** The start of the first segment at or after that position; the path's length where there is none. */
    static int next(String path, int from) {
        int at = from;
        while (at < path.length()) {
            int name = end(path, at);
            int end = slash(path, name);
            int resume = isNothing(path, at, name) || isUp(path, at, name) ? end : takenAwayAt(path, end);
            if (resume < 0) {
                return at;
            }
            at = resume + 1;
        }
        return path.length();
    }

    /** The end of the segment that starts there, its matrix parameters left away. */
    static int end(String path, int start) {
        int at = start;
        while (at < path.length() && path.charAt(at) != '/' && path.charAt(at) != ';') {
            at++;
        }
        return at;
    }

    /** Where the search for the next segment goes on behind one that ends there. */
    static int after(String path, int end) {
        return Math.min(path.length(), slash(path, end) + 1);
    }

    /**
     * Where the two dots end that take the segment which ends there away; -1 where it stays. Only a path with a dot or
     * a percent sign can have them, and that is quickly known.
     */
    private static int takenAwayAt(String path, int from) {
        if (path.indexOf('.', from) < 0 && path.indexOf('%', from) < 0) {
            return -1;
        }
        int depth = 0;
        int at = from + 1;
        while (at < path.length()) {
            int name = end(path, at);
            int end = slash(path, name);
            if (isUp(path, at, name)) {
                if (depth == 0) {
                    return end;
                }
                depth--;
            } else if (!isNothing(path, at, name)) {
                depth++;
            }
            at = end + 1;
        }
        return -1;
    }

    private static int slash(String path, int from) {
        int at = from;
        while (at < path.length() && path.charAt(at) != '/') {
            at++;
        }
        return at;
    }

    private static boolean isNothing(String path, int start, int end) {
        return start == end || (isDot(path, start) && start + width(path, start) == end);
    }

    private static boolean isUp(String path, int start, int end) {
        if (start == end || !isDot(path, start)) {
            return false;
        }
        int second = start + width(path, start);
        return second < end && isDot(path, second) && second + width(path, second) == end;
    }

    private static boolean isDot(String path, int at) {
        return unit(path, at) == '.';
    }

    /** The byte that is sent at that position, or the character where it is none of ASCII. */
    private static int unit(String path, int at) {
        char sent = path.charAt(at);
        return sent == '%' && isEncoded(path, at)
                ? Character.digit(path.charAt(at + 1), 16) << 4 | Character.digit(path.charAt(at + 2), 16)
                : sent;
    }

    private static int width(String path, int at) {
        return path.charAt(at) == '%' && isEncoded(path, at) ? 3 : 1;
    }

    /** What is no encoding is a percent sign and no more; the servers refuse it. */
    private static boolean isEncoded(String path, int at) {
        return at + 2 < path.length() && isHex(path.charAt(at + 1)) && isHex(path.charAt(at + 2));
    }

    private static boolean isHex(char digit) {
        return digit < 0x80 && Character.digit(digit, 16) >= 0;
    }

    /** A hash of what a segment says. */
    static int hash(String path, int start, int end) {
        int hash = 0;
        for (int at = start; at < end; at += width(path, at)) {
            hash = HASH_FACTOR * hash + unit(path, at);
        }
        return hash;
    }

    /** Whether a segment of one path says the same as a segment of another. */
    static boolean same(String path, int start, int end, String other) {
        int there = 0;
        for (int at = start; at < end; at += width(path, at)) {
            if (there == other.length() || unit(path, at) != unit(other, there)) {
                return false;
            }
            there += width(other, there);
        }
        return there == other.length();
    }

    /** The one spelling of a segment: what can stand for itself does, everything else is percent-encoded in capitals. */
    static String spelled(String path, int start, int end) {
        StringBuilder spelled = new StringBuilder(end - start);
        for (int at = start; at < end; at += width(path, at)) {
            int unit = unit(path, at);
            if (unit < 0x80 && (Character.isLetterOrDigit(unit) || PLAIN.indexOf(unit) >= 0)) {
                spelled.append((char) unit);
            } else {
                encode(unit, spelled);
            }
        }
        return spelled.toString();
    }

    private static void encode(int unit, StringBuilder spelled) {
        spelled.append('%').append(HEX[unit >> 4]).append(HEX[unit & 0xF]);
    }

    /** The path with all that is beyond ASCII percent-encoded as UTF-8, as browsers send it; mostly the very same. */
    static String ascii(String path) {
        int at = 0;
        while (at < path.length() && path.charAt(at) < 0x80) {
            at++;
        }
        if (at == path.length()) {
            return path;
        }
        StringBuilder ascii = new StringBuilder(path.length() * 3);
        for (byte unit : path.getBytes(StandardCharsets.UTF_8)) {
            if (unit >= 0) {
                ascii.append((char) unit);
            } else {
                encode(unit & 0xFF, ascii);
            }
        }
        return ascii.toString();
    }
}
