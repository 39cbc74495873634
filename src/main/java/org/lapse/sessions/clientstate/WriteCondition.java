package org.lapse.sessions.clientstate;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * On what condition a change is wanted.
 *
 * @param ifMatch the header {@code If-Match}; null where there is none
 * @param ifNoneMatch the header {@code If-None-Match}; null where there is none
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1">RFC 9110, section 13.1</a>
 */
record WriteCondition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    private static final String ANY = "*";

    /** Whether it is met by what is there now: the entity tag, or nothing. */
    boolean isMetBy(Optional<String> entityTag) {
        return (ifMatch == null || names(ifMatch, entityTag))
                && (ifNoneMatch == null || !names(ifNoneMatch, entityTag));
    }

    /** A tag that says of itself that it is weak is never the one of ours, as section 13.1.1 wants it. */
    private static boolean names(String header, Optional<String> entityTag) {
        return entityTag
                .map(tag -> header.strip().equals(ANY)
                        || Arrays.stream(header.split(",", -1))
                                .map(String::strip)
                                .anyMatch(('"' + tag + '"')::equals))
                .orElse(false);
    }
}
