/**
 * What happens when nobody calls?
 *
 * <p>Two timers: {@link org.lapse.sessions.expiry.ExpiryTimer} ends or locks what is past its deadline, several times a
 * second; {@link org.lapse.sessions.expiry.ActivityTimer} writes activity down. Before them
 * {@link org.lapse.sessions.expiry.Restoration} reads the sessions back, and after them it writes all activity down.
 * They decide nothing themselves. Imports {@code session}, {@code database}, {@code timer} and what those import;
 * nobody imports it.
 */
package org.lapse.sessions.expiry;
