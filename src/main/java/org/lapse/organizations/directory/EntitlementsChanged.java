package org.lapse.organizations.directory;

import java.util.Map;
import java.util.UUID;

/**
 * Groups or roles of users have changed. Fired inside the transaction; holds for live sessions as soon as it has
 * succeeded.
 *
 * @param number the number of the change
 * @param byUser what each of the users is given from now on
 */
public record EntitlementsChanged(long number, Map<UUID, Entitlements> byUser) {}
