package org.lapse.sessions.openwork;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Texts;

/**
 * Open work as a client describes it.
 *
 * @param reason what the work is, such as {@code after-call work}; 1 to 200 characters, required
 * @param seconds for how long it holds at the most; {@code lapse.hold.maximum} where it is left out
 */
public record HoldRequest(@Nullable String reason, @Nullable Integer seconds) {
    private static final int LONGEST_REASON = 200;

    /** @throws ApiException 400 naming the field that is missing or off its range */
    String checkedReason() {
        if (reason == null || reason.length() > LONGEST_REASON || !Texts.isName(reason)) {
            throw ApiException.invalidValue(
                    "reason", "A reason has 1 to 200 characters, no blank around it, and one line.");
        }
        return reason;
    }

    /** @throws ApiException 400 naming the field that is off its range */
    Duration checkedTime(Duration maximum) {
        if (seconds == null) {
            return maximum;
        }
        if (seconds < 1 || seconds > maximum.toSeconds()) {
            throw ApiException.invalidValue("seconds", "A hold lasts from 1 to " + maximum.toSeconds() + " seconds.");
        }
        return Duration.ofSeconds(seconds);
    }
}
