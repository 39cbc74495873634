package org.lapse.access.relogin;

import java.util.Set;
import java.util.UUID;
import org.lapse.sessions.ledger.LockReason;

/**
 * A locked session as its dialog shows it.
 *
 * @param id the session
 * @param applicationName what people call its application
 * @param username its original user's name for signing in
 * @param reason why it is locked
 * @param redirectUris where its application may be returned to
 */
record LockedSession(UUID id, String applicationName, String username, LockReason reason, Set<String> redirectUris) {}
