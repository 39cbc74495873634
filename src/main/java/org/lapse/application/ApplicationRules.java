package org.lapse.application;

import java.util.UUID;

/**
 * What holds for the sessions of one application, as it stands in memory.
 *
 * @param organizationId the organization that the application belongs to
 * @param applicationId the application
 * @param security its section {@code [security]}
 * @param presence what its options say about presence
 */
public record ApplicationRules(
        UUID organizationId, String applicationId, SecurityOptions security, PresenceOptions presence) {}
