package org.lapse.organizations.settings;

import java.util.Arrays;
import org.lapse.platform.api.ApiException;

/** How the console shows a timeout; it never changes what the timeout is. */
enum TimeoutUnit {
    MINUTES("Minutes"),
    HOURS("Hours");

    private final String wireName;

    TimeoutUnit(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    /**
     * The unit of that name.
     *
     * @throws ApiException 400 {@code invalid.value} with that field
     */
    static TimeoutUnit ofWire(String field, String wireName) {
        return Arrays.stream(values())
                .filter(unit -> unit.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> ApiException.invalidValue(field, "The unit is either Minutes or Hours."));
    }
}
