package org.lapse.settings;

import java.util.List;
import java.util.UUID;
import org.lapse.excludedapi.ExcludedApis;

/**
 * An organization's authentication settings were changed: what holds from now on.
 *
 * @param organizationId the organization
 * @param excluded the calls that are no activity
 * @param addresses the permitted address ranges
 * @param byDomain whether pages of other domains are refused
 * @param domains the permitted domains
 * @param revision counts the changes
 */
record AuthenticationSettingsSaved(
        UUID organizationId,
        ExcludedApis excluded,
        List<String> addresses,
        boolean byDomain,
        List<String> domains,
        int revision) {
    static AuthenticationSettingsSaved of(AuthenticationSettings settings, int revision) {
        return new AuthenticationSettingsSaved(
                settings.organizationId(),
                settings.excludedApis(),
                settings.addresses(),
                settings.isRestrictedByDomain(),
                settings.domains(),
                revision);
    }
}
