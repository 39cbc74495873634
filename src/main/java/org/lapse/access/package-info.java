/**
 * How does somebody get in, stay in and come back?
 *
 * <p>The ways in: signing in, tokens, the gate in front of other services, the re-login of a locked session. Each asks
 * one class whether a token is active, {@code org.lapse.sessions.session.Admission}.
 */
package org.lapse.access;
