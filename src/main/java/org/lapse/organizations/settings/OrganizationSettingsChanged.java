package org.lapse.organizations.settings;

import java.util.UUID;
import org.lapse.rules.timeout.TimeoutPolicy;

/**
 * An organization's timeouts or features were changed. Fired inside a transaction, after the change was written, and by
 * a node that missed it; holds as soon as the transaction has succeeded.
 *
 * @param organizationId the organization
 * @param number the number of the change
 * @param policy how long sessions may go unused from now on
 */
public record OrganizationSettingsChanged(UUID organizationId, long number, TimeoutPolicy policy) {}
