/**
 * What does every room stand on?
 *
 * <p>The clock, the database and its changes by number, timers, and how a call and a page look. Nothing here knows what
 * a session is.
 */
package org.lapse.platform;
