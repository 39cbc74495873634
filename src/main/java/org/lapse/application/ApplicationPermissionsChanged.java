package org.lapse.application;

import java.util.Map;
import java.util.Set;

/**
 * Applications may do other things on their own than before. Fired inside the transaction; holds for the tokens of the
 * applications themselves as soon as it has succeeded.
 *
 * @param number the number of the change
 * @param byApplication the wire names of what each of the applications may do from now on
 */
public record ApplicationPermissionsChanged(long number, Map<String, Set<String>> byApplication) {
    /** Keeps the map from being changed. */
    public ApplicationPermissionsChanged {
        byApplication = Map.copyOf(byApplication);
    }
}
