package org.lapse.insight.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which records are asked for.
 *
 * @param exact the fields of a record that must have a value, by name
 * @param actions only this action and those below it: {@code session} for {@code session.end} and the like; null for
 *     all
 * @param from not before this moment; null for any
 * @param to before this moment; null for any
 */
record AuditFilter(
        Map<String, Object> exact,
        @Nullable String actions,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** What a JPQL query about records {@code a} asks for, each condition after an {@code and}. */
    String conditions() {
        return exact.keySet().stream()
                        .map(field -> " and a." + field + " = :" + field)
                        .collect(Collectors.joining())
                + (actions == null ? "" : " and (a.action = :actions or a.action like :below)")
                + (from == null ? "" : " and a.recordedAt >= :from")
                + (to == null ? "" : " and a.recordedAt < :to");
    }

    /** What stands in the place of the conditions' parameters. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>(exact);
        if (actions != null) {
            parameters.put("actions", actions);
            parameters.put("below", actions + ".%");
        }
        if (from != null) {
            parameters.put("from", from);
        }
        if (to != null) {
            parameters.put("to", to);
        }
        return parameters;
    }
}
