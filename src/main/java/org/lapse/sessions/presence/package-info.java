/**
 * What does a user show to others, and may interactions be routed to them?
 *
 * <p>Presence and routing status go together by one rule ({@link org.lapse.sessions.presence.Availability}). When the
 * last session that carries a user's presence ends, the user is Offline and off queue ({@link
 * org.lapse.sessions.presence.PresenceAfterSessions}), and nothing else changes. Whatever changes is told ({@link
 * org.lapse.sessions.presence.PresenceChanged}). Who has an interaction is held meanwhile. Imports {@code openwork},
 * {@code session} and what those import.
 */
package org.lapse.sessions.presence;
