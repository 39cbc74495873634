package org.lapse.insight.keepalive;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.rules.excludedapi.ExcludedApis;

/**
 * How a call is excluded, and whether it is.
 *
 * @param exclusion the pattern that would exclude it; empty for what is no call of its own
 * @param excluded whether the organization excludes it now
 */
record Exclusion(Optional<String> exclusion, boolean excluded) {
    private static final String ID = "{}";

    /** The exclusion of a call by its name, such as {@code GET api/v2/users/{}}. */
    static Exclusion of(String name, ExcludedApis exclusions) {
        int space = name.indexOf(' ');
        if (space < 0) {
            return new Exclusion(Optional.empty(), false);
        }
        String path = name.substring(space + 1);
        return new Exclusion(
                path.isEmpty() || path.equals(ID) ? Optional.empty() : Optional.of(name.replace(ID, "{id}")),
                exclusions.contains(new ApiCall(name.substring(0, space), "/" + path.replace(ID, "id"))));
    }

    /** Seconds with fractions, to a tenth. */
    static @Nullable Double seconds(@Nullable Duration time) {
        return time == null ? null : Math.round(time.toMillis() / 100.0) / 10.0;
    }
}
