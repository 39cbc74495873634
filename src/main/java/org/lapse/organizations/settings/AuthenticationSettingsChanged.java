package org.lapse.organizations.settings;

import java.util.List;
import java.util.UUID;
import org.lapse.rules.excludedapi.ExcludedApis;

/**
 * An organization's authentication settings were changed. Fired inside a transaction, after the change was written, and
 * by a node that missed it; holds as soon as the transaction has succeeded.
 *
 * @param organizationId the organization
 * @param number the number of the change
 * @param excluded the calls that are no activity
 * @param addresses the ranges of addresses from which tokens may be used, in CIDR notation; none permits all
 * @param byDomain whether pages of other domains are refused
 * @param domains the permitted domains
 */
public record AuthenticationSettingsChanged(
        UUID organizationId,
        long number,
        ExcludedApis excluded,
        List<String> addresses,
        boolean byDomain,
        List<String> domains) {
    static AuthenticationSettingsChanged of(AuthenticationSettings settings) {
        return new AuthenticationSettingsChanged(
                settings.organizationId(),
                settings.changeNumber(),
                settings.excludedApis(),
                settings.addresses(),
                settings.isRestrictedByDomain(),
                settings.domains());
    }
}
