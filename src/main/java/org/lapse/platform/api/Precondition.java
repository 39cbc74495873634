package org.lapse.platform.api;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What keeps two administrators from overwriting each other's change unseen: entity tags (RFC 9110 sections 8.8.3,
 * 13.1.1).
 */
public final class Precondition {
    private Precondition() {}

    /** Says in {@code ETag} which revision of a thing the answer shows. */
    public static void tag(HttpServletResponse response, int revision) {
        response.setHeader("ETag", tag(revision));
    }

    /**
     * Checks that a change is based on the present revision.
     *
     * @param ifMatch the header {@code If-Match}; null or {@code *} for anybody who does not mind
     * @param revision the present one
     * @throws ApiException 412 where it names other revisions
     */
    public static void check(@Nullable String ifMatch, int revision) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return;
        }
        if (Arrays.stream(ifMatch.split(",", -1)).map(String::strip).noneMatch(tag(revision)::equals)) {
            throw ApiException.preconditionFailed();
        }
    }

    private static String tag(int revision) {
        return "\"" + revision + "\"";
    }
}
