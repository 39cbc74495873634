package org.lapse.settings;

import java.util.Arrays;
import java.util.Optional;

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

    static Optional<TimeoutUnit> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(unit -> unit.wireName.equals(wireName))
                .findFirst();
    }
}
