package org.lapse.settings;

import java.util.UUID;
import org.lapse.timeout.TimeoutPolicy;

/**
 * An organization's settings were changed.
 *
 * @param organizationId the organization
 * @param policy the one that holds from now on
 * @param revision counts the changes
 */
record SettingsSaved(UUID organizationId, TimeoutPolicy policy, int revision) {}
