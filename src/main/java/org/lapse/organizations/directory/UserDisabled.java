package org.lapse.organizations.directory;

import java.util.UUID;

/**
 * A user may not sign in any more. Fired inside the transaction that writes it, which ends the user's sessions too. Its
 * lock on the user keeps new ones from being opened meanwhile.
 */
public record UserDisabled(UUID userId) {}
