package org.lapse.rules.excludedapi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one spelling of all paths that Payara and WildFly read alike: {@code /a/b%20c}. Empty segments and dots are
 * nothing, two dots take the segment before away, what follows a semicolon is a matrix parameter and no part of the
 * name, and a percent-encoded byte is that byte but never a separator.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2">RFC 3986, section 6.2.2</a>
 * @see <a
 *     href="https://jakarta.ee/specifications/servlet/6.0/jakarta-servlet-spec-6.0#uri-path-canonicalization">Jakarta
 *     Servlet 6.0, section 3.5.2</a>
 */
final class NormalPath {
    /**
     * These stand for themselves in a segment (RFC 3986 {@code pchar}), but for the semicolon, and the star, which
     * means more here.
     */
    private static final String PLAIN = "-._~!$&'()+,=:@";

    private static final byte ENCODED = 0;
    private static final byte NOT_AT_FIRST = 1;
    private static final byte ITSELF = 2;

    /**
     * For each character of ASCII whether it stands for itself in a path, and also where a segment begins: a slash
     * there begins an empty one, and a dot perhaps one that says nothing.
     */
    private static final byte[] KINDS = new byte[0x80];

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static {
        for (char c = 0; c < KINDS.length; c++) {
            KINDS[c] = Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0 ? ITSELF : ENCODED;
        }
        KINDS['.'] = NOT_AT_FIRST;
        KINDS['/'] = NOT_AT_FIRST;
    }

    private NormalPath() {}

    /**
     * The one spelling of a path: with a slash in front and none at its end, {@code /} where it has no segment. Mostly
     * that is the very same string.
     */
    static String of(String path) {
        return isNormal(path)
                ? path
                : segments(path).stream().map(NormalPath::spelled).collect(Collectors.joining("/", "/", ""));
    }

    /** Whether a path needs no second look; one with a percent sign or a name that begins with a dot does. */
    private static boolean isNormal(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return false;
        }
        byte least = ITSELF;
        for (int at = 1; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c >= KINDS.length || KINDS[c] < least) {
                return false;
            }
            least = c == '/' ? ITSELF : NOT_AT_FIRST;
        }
        return least == NOT_AT_FIRST || path.length() == 1;
    }

    /** The names of the segments of a path, each as it was sent. */
    static List<String> segments(String path) {
        List<String> names = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            int parameters = segment.indexOf(';');
            String name = parameters < 0 ? segment : segment.substring(0, parameters);
            switch (spelled(name)) {
                case "", "." -> {}
                case ".." -> {
                    if (!names.isEmpty()) {
                        names.remove(names.size() - 1);
                    }
                }
                default -> names.add(name);
            }
        }
        return names;
    }

    /**
     * The one spelling of a segment: what can stand for itself does, everything else is percent-encoded in capitals, as
     * UTF-8 where it was not. What is no encoding is a percent sign and no more; the servers refuse it.
     */
    static String spelled(String name) {
        byte[] sent = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder spelled = new StringBuilder(sent.length);
        for (int at = 0; at < sent.length; at++) {
            byte unit = sent[at];
            if (unit == '%' && isEncoded(sent, at)) {
                unit = (byte) (HexFormat.fromHexDigit(sent[at + 1]) << 4 | HexFormat.fromHexDigit(sent[at + 2]));
                at += 2;
            }
            if (unit >= 0 && unit != '/' && KINDS[unit] != ENCODED) {
                spelled.append((char) unit);
            } else {
                HEX.toHexDigits(spelled.append('%'), unit);
            }
        }
        return spelled.toString();
    }

    private static boolean isEncoded(byte[] sent, int at) {
        return at + 2 < sent.length && HexFormat.isHexDigit(sent[at + 1]) && HexFormat.isHexDigit(sent[at + 2]);
    }
}
