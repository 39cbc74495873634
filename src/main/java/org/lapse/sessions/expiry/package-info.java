/**
 * What happens when nobody calls?
 *
 * <p>{@link org.lapse.sessions.expiry.ExpiryTimer} ends or locks what is past its deadline, several times a second;
 * {@link org.lapse.sessions.expiry.ActivityTimer} writes activity down. Before them
 * {@link org.lapse.sessions.expiry.Restoration} reads the sessions back, and after them it writes all activity down.
 * They decide nothing themselves.
 *
 * <p>Where there are several nodes, each takes its turn among them ({@code Closing}) and keeps its lease ({@code
 * Membership}). Imports {@code session}, {@code nodes}, {@code database}, {@code timer} and what those import; nobody
 * imports it.
 */
package org.lapse.sessions.expiry;
