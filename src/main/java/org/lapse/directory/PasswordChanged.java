package org.lapse.directory;

import java.util.UUID;

/**
 * A user has another password than before. Fired inside the transaction.
 *
 * @param userId whose password it is
 * @param applicationId through which application it was changed
 */
public record PasswordChanged(UUID userId, String applicationId) {}
