package org.lapse.settings;

import java.util.UUID;
import org.lapse.timeout.TimeoutPolicy;

/**
 * An organization's timeouts or features were changed. Fired inside the transaction, after the change was written.
 *
 * @param organizationId the organization
 * @param version counts the changes
 * @param policy how long sessions may go unused as soon as the transaction has succeeded
 */
public record OrganizationSettingsChanged(UUID organizationId, long version, TimeoutPolicy policy) {}
