package org.lapse.settings;

import java.util.List;
import java.util.UUID;
import org.lapse.excludedapi.ExcludedApis;

/**
 * An organization's authentication settings were changed. Fired inside the transaction, after the change was written; holds
 * as soon as it has succeeded.
 *
 * @param organizationId the organization
 * @param version counts the changes
 * @param excluded the calls that are no activity
 * @param addresses the ranges of addresses from which tokens may be used, in CIDR notation; none permits all
 * @param byDomain whether pages of other domains are refused
 * @param domains the permitted domains
 */
public record AuthenticationSettingsChanged(
        UUID organizationId,
        long version,
        ExcludedApis excluded,
        List<String> addresses,
        boolean byDomain,
        List<String> domains) {
    static AuthenticationSettingsChanged of(AuthenticationSettings settings) {
        return new AuthenticationSettingsChanged(
                settings.organizationId(),
                settings.version(),
                settings.excludedApis(),
                settings.addresses(),
                settings.isRestrictedByDomain(),
                settings.domains());
    }
}
