package org.lapse.access.activity;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;

/**
 * What a client saw at the screen since its last heartbeat.
 *
 * @param seen what there was: {@code pointer}, {@code key}, {@code scroll}, {@code window}, {@code systemWarning},
 *     {@code progress}; an empty list for nothing; left out for activity that has no name
 * @param activityAgeSeconds how long ago the latest of it was, in seconds with fractions; 0 where it is left out
 */
public record Heartbeat(
        @Nullable List<String> seen, @Nullable Double activityAgeSeconds) {
    private static final double LONGEST_AGE_SECONDS = 86_400;

    /** What a client that sends no body stands for: activity now. */
    static final Heartbeat ACTIVITY_NOW = new Heartbeat(null, null);

    /**
     * What was seen.
     *
     * @throws ApiException 400 naming what is none of the kinds
     */
    Set<ScreenActivity> kinds() {
        if (seen == null) {
            return EnumSet.of(ScreenActivity.POINTER);
        }
        Set<ScreenActivity> kinds = EnumSet.noneOf(ScreenActivity.class);
        for (int i = 0; i < seen.size(); i++) {
            kinds.add(ScreenActivity.ofWire("seen[" + i + "]", seen.get(i)));
        }
        return kinds;
    }

    /**
     * How long ago it was.
     *
     * @throws ApiException 400 if that is off its range
     */
    Duration age() {
        if (activityAgeSeconds == null) {
            return Duration.ZERO;
        }
        if (!(activityAgeSeconds >= 0 && activityAgeSeconds <= LONGEST_AGE_SECONDS)) {
            throw ApiException.invalidValue("activityAgeSeconds", "The age of an activity is from 0 to 86400 seconds.");
        }
        return Duration.ofMillis(Math.round(activityAgeSeconds * 1000));
    }
}
