package org.lapse.organizations.settings;

import java.time.Duration;
import org.lapse.platform.api.ApiException;
import org.lapse.rules.timeout.PermittedTimeouts;
import org.lapse.rules.timeout.TimeoutPolicy;

/**
 * The timeouts that may be chosen for an organization: in one under HIPAA at most 15 minutes, but what was chosen
 * before may stay, because the rule caps it anyway and does not overwrite it.
 *
 * @param permitted the range that may be chosen
 * @param chosenBefore the settings as they were
 */
record ChosenRange(PermittedTimeouts permitted, OrganizationSettings chosenBefore) {

    static ChosenRange of(PermittedTimeouts permitted, OrganizationSettings settings) {
        return new ChosenRange(
                settings.isHipaa() ? permitted.capped(TimeoutPolicy.HIPAA_MAXIMUM.duration()) : permitted, settings);
    }

    /**
     * Refuses a timeout off the range.
     *
     * @throws ApiException 400 {@code invalid.value} with that field
     */
    void check(String field, Duration timeout) {
        if (!permitted.permits(timeout) && !chosenBefore.holds(timeout)) {
            throw ApiException.invalidValue(
                    field,
                    "The inactivity timeout is from " + permitted.minimum().toSeconds() + " to "
                            + permitted.maximum().toSeconds() + " seconds"
                            + (chosenBefore.isHipaa() ? ", because the organization is under HIPAA." : "."));
        }
    }
}
