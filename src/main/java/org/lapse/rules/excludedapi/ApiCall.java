package org.lapse.rules.excludedapi;

import java.util.Optional;

/**
 * A call of an API.
 *
 * @param method the HTTP method, in capitals
 * @param path the path from the server's root, without the context path and without the query, in its one spelling,
 *     whichever it was sent in: {@code /a/b%20c}
 */
public record ApiCall(String method, String path) {

    /** Brings a path, percent-encoded as it stood in the request, into its one spelling. */
    public ApiCall {
        path = NormalPath.of(path);
    }

    /**
     * The call of a request target: a path, or a whole address as proxies are sent it, with or without a query. Empty
     * where it is neither, such as the star of {@code OPTIONS *}.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-3.2">RFC 9112, section 3.2</a>
     */
    public static Optional<ApiCall> ofTarget(String method, String target) {
        int start = target.startsWith("/") ? 0 : pathOfAddress(target);
        return start < 0
                ? Optional.empty()
                : Optional.of(new ApiCall(method, target.substring(start, end(target, start))));
    }

    /** Where the path of a whole address starts; -1 where it is none. */
    private static int pathOfAddress(String target) {
        int scheme = target.indexOf("://");
        if (scheme <= 0 || target.indexOf('/') < scheme || end(target, 0) < scheme) {
            return -1;
        }
        int slash = target.indexOf('/', scheme + "://".length());
        int end = end(target, 0);
        return slash < 0 ? end : Math.min(slash, end);
    }

    private static int end(String target, int start) {
        int end = start;
        while (end < target.length() && target.charAt(end) != '?' && target.charAt(end) != '#') {
            end++;
        }
        return end;
    }
}
