package org.lapse.rules.excludedapi;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The same rules in the plainest way, pattern by pattern: what the tree is compared with. */
record NaiveExclusions(Set<String> patterns) {

    /** Whether a call by that method is excluded whose path was sent so. */
    boolean contain(String method, String path) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, method, path));
    }

    private static boolean matches(String pattern, String method, String path) {
        String[] methodAndPath = pattern.contains(" ") ? pattern.split(" ", 2) : new String[] {method, pattern};
        List<String> wanted = new ArrayList<>(Arrays.asList(methodAndPath[1].split("/")));
        List<String> sent = segments(path);
        boolean subtree = wanted.get(wanted.size() - 1).equals("*");
        if (subtree) {
            wanted.remove(wanted.size() - 1);
        }
        boolean longEnough = subtree ? sent.size() > wanted.size() : sent.size() == wanted.size();
        if (!methodAndPath[0].equals(method) || !longEnough) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).startsWith("{") && !decoded(wanted.get(i)).equals(sent.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The segments as {@link URI} sees them; the separator that a segment may hold percent-encoded separates nothing.
     */
    static List<String> segments(String path) {
        String withoutParameters = path.replaceAll(";[^/]*", "");
        String dotsAsThemselves = withoutParameters.replaceAll("(?i)%2e", ".");
        String withoutEmptySegments = ("/" + dotsAsThemselves).replaceAll("/+", "/");
        URI normal = URI.create(withoutEmptySegments).normalize();
        return Arrays.stream(normal.getRawPath().split("/"))
                .filter(segment -> !segment.isEmpty() && !segment.equals("..") && !segment.equals("."))
                .map(NaiveExclusions::decoded)
                .toList();
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
    }
}
