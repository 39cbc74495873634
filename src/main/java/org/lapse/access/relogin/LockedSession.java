package org.lapse.access.relogin;

import java.util.Set;
import java.util.UUID;

/**
 * A locked session as its dialog shows it.
 *
 * @param id the session
 * @param applicationName what people call its application
 * @param username its original user's name for signing in
 * @param redirectUris where its application may be returned to
 */
record LockedSession(UUID id, String applicationName, String username, Set<String> redirectUris) {}
