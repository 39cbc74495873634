package org.lapse.rules.excludedapi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which calls are meant: a path without a leading slash and without a query, such as {@code api/v2/users/me}. A segment
 * {@code {name}} stands for any one segment, {@code /*} at the end for everything below but not for what stands before
 * it, and a method in front, as in {@code POST api/v2/diagnostics/trace}, for calls by that method alone. Letters count
 * as they are written, as they do for the servers.
 */
public final class ApiPattern {
    /** In characters, as it is given. */
    public static final int LONGEST = 1000;

    private static final Pattern METHOD =
            Pattern.compile("(?i)(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE)\\s+(\\S.*)");
    private static final Pattern ORIGIN = Pattern.compile("(?i)https?://[^/?#]*");
    private static final Pattern QUERY = Pattern.compile("[?#].*");
    private static final Pattern ANY_SEGMENT = Pattern.compile("\\{[A-Za-z0-9_.-]+}");
    private static final String EVERYTHING_BELOW = "*";

    private final Optional<String> method;
    private final List<String> segments;
    private final boolean subtree;

    private ApiPattern(Optional<String> method, List<String> segments, boolean subtree) {
        this.method = method;
        this.segments = List.copyOf(segments);
        this.subtree = subtree;
    }

    /**
     * The pattern that somebody has written or pasted: a leading slash, a query, and the scheme and host of a whole
     * address are left away, and the path is brought into its one spelling.
     *
     * @throws IllegalArgumentException if it is none, with a message for anybody who wrote it
     */
    public static ApiPattern of(String text) {
        String rest = text.strip();
        if (rest.length() > LONGEST) {
            throw new IllegalArgumentException("The name of an API has at most " + LONGEST + " characters.");
        }
        Matcher named = METHOD.matcher(rest);
        Optional<String> method = Optional.empty();
        if (named.matches()) {
            method = Optional.of(named.group(1).toUpperCase(Locale.ROOT));
            rest = named.group(2);
        }
        String path = QUERY.matcher(ORIGIN.matcher(rest).replaceFirst("")).replaceFirst("");
        if (path.chars().anyMatch(character -> character <= ' ' || character == 0x7F || character == '\\')) {
            throw new IllegalArgumentException(
                    "An API is a path such as api/v2/users/me, with at most a method and a space in front.");
        }
        return ofPath(method, NormalPath.segments(path));
    }

    private static ApiPattern ofPath(Optional<String> method, List<String> sent) {
        boolean subtree = !sent.isEmpty() && sent.get(sent.size() - 1).equals(EVERYTHING_BELOW);
        List<String> names = subtree ? sent.subList(0, sent.size() - 1) : sent;
        if (names.contains(EVERYTHING_BELOW)) {
            throw new IllegalArgumentException("A star stands for everything below, and so only at the end: a/*.");
        }
        List<String> segments = names.stream().map(ApiPattern::segment).toList();
        if (segments.stream().allMatch(ApiPattern::isAny)) {
            throw new IllegalArgumentException("An API has a path with a name in it: not every call can be meant.");
        }
        return new ApiPattern(method, segments, subtree);
    }

    private static String segment(String sent) {
        if (isAny(sent)) {
            return sent;
        }
        if (sent.contains("{") || sent.contains("}") || sent.contains(EVERYTHING_BELOW)) {
            throw new IllegalArgumentException(
                    "A parameter {name} stands for a whole segment, and a star for everything below, at the end: a/*.");
        }
        return NormalPath.spelled(sent);
    }

    /** Whether a segment of a pattern stands for any one. */
    static boolean isAny(String segment) {
        return ANY_SEGMENT.matcher(segment).matches();
    }

    /** The method whose calls are meant; empty for all. */
    public Optional<String> method() {
        return method;
    }

    /** The path in its one spelling, without a leading slash: {@code api/v2/users/{id}}. */
    public String path() {
        return String.join("/", segments) + (subtree ? "/" + EVERYTHING_BELOW : "");
    }

    List<String> segments() {
        return segments;
    }

    /** Whether everything below the segments is meant, and not they themselves. */
    boolean isSubtree() {
        return subtree;
    }

    /** Patterns are equal if they are written in the same way. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ApiPattern that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The pattern as it is written: the method where there is one, a space, the path. */
    @Override
    public String toString() {
        return method.map(name -> name + " ").orElse("") + path();
    }
}
