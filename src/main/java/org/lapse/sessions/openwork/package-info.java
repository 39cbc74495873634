/**
 * Is somebody at work although nothing is called?
 *
 * <p>A hold says so, of one session or of all of a user's: none of them is ended or locked by inactivity before the
 * hold is over, and the timeout counts from then. Holds are bounded and audited, and the absolute life of a session
 * ends it all the same. Imports {@code session} and what that imports.
 */
package org.lapse.sessions.openwork;
