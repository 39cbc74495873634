package org.lapse.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.lapse.api.ApiException;
import org.lapse.timeout.PermittedTimeouts;
import org.lapse.timeout.TimeoutPolicy;

/**
 * The organization-wide inactivity timeout on the wire, under the vendor's names. In a request a field that is left out
 * stays as it was.
 *
 * @param enableIdleTokenTimeout whether the organization-wide timeout is on
 * @param idleTokenTimeoutSeconds how long a token may go unused, in seconds: 300 to 28800, where HIPAA is on to 900
 * @param inactivityTimeoutUnit how the console shows it: {@code Minutes} or {@code Hours}
 */
public record IdleTokenTimeout(
        @Nullable Boolean enableIdleTokenTimeout,
        @Nullable Integer idleTokenTimeoutSeconds,
        @Nullable String inactivityTimeoutUnit) {

    static IdleTokenTimeout of(OrganizationSettings settings) {
        return new IdleTokenTimeout(
                settings.isTimeoutEnabled(),
                Math.toIntExact(settings.timeout().toSeconds()),
                settings.timeoutUnit().wireName());
    }

    void apply(OrganizationSettings settings, PermittedTimeouts permitted) {
        PermittedTimeouts range =
                settings.isHipaa() ? permitted.capped(TimeoutPolicy.HIPAA_MAXIMUM.duration()) : permitted;
        if (idleTokenTimeoutSeconds != null) {
            Duration asked = Duration.ofSeconds(idleTokenTimeoutSeconds);
            if (!range.permits(asked)) {
                throw ApiException.invalidValue(
                        "idleTokenTimeoutSeconds",
                        "The inactivity timeout is from " + range.minimum().toSeconds() + " to "
                                + range.maximum().toSeconds() + " seconds.");
            }
            settings.setTimeout(asked);
        }
        if (inactivityTimeoutUnit != null) {
            settings.showTimeoutIn(TimeoutUnit.ofWireName(inactivityTimeoutUnit)
                    .orElseThrow(() -> ApiException.invalidValue(
                            "inactivityTimeoutUnit", "The unit is either Minutes or Hours.")));
        }
        if (enableIdleTokenTimeout != null) {
            settings.enableTimeout(enableIdleTokenTimeout);
        }
    }
}
