package org.lapse.organizations.authenticator;

import java.util.UUID;

/**
 * A user has no second factor any more: the last was removed, or all were reset. Fired inside the transaction in which
 * that happened, which has locked the user.
 *
 * @param userId the user
 */
public record SecondFactorsRemoved(UUID userId) {}
