package org.lapse.directory;

import java.util.UUID;

/**
 * A user may not sign in any more. Fired after the transaction that wrote it, so that no new session can slip in while
 * the user's sessions are ended.
 */
public record UserDisabled(UUID userId) {}
