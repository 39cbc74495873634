package org.lapse.timeout;

import java.util.UUID;

/**
 * What decides how long sessions may go unused has changed in an organization, and holds from now on.
 *
 * @param organizationId the organization
 * @param otherGroups whether other groups than before stand in bundles
 */
public record TimeoutRulesChanged(UUID organizationId, boolean otherGroups) {}
