package org.lapse.audit;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which records are asked for.
 *
 * @param action only this action, such as {@code session.end}; null for all
 * @param entityId only this thing; null for all
 */
record AuditFilter(@Nullable String action, @Nullable String entityId) {
    /** The fields of a record that are asked for, by name, with the value that each must have. */
    Map<String, String> wanted() {
        Map<String, String> wanted = new TreeMap<>();
        if (action != null) {
            wanted.put("action", action);
        }
        if (entityId != null) {
            wanted.put("entityId", entityId);
        }
        return wanted;
    }
}
