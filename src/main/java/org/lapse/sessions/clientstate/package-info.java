/**
 * What was on the screen?
 *
 * <p>A document that a client stores for the user in that application, and finds again after a re-login or in a new
 * session. What it means is the client's affair. Imports {@code session} and what that imports; nobody imports it.
 */
package org.lapse.sessions.clientstate;
