/**
 * What keeps sessions alive?
 *
 * <p>Every reset of a timer is counted by call, in quarters of an hour, and the counts of all nodes are added up from
 * their rows. A call that comes after the same time over and over is a machine's; a session that lives by such calls
 * alone for longer than its timeout would have lapsed without them.
 *
 * <p>The gate only takes a place in {@link org.lapse.sessions.session.RecentActivity}; {@code KeepAlive} reads that
 * once a second. Memory is bounded: 65,536 resets that wait, 20,000 sessions with 8 calls each, and 2,000 calls of
 * applications in a quarter of an hour. What comes beyond is counted as {@code other}, or not watched. Imports
 * {@code session}, {@code timer} and what those import; nobody imports it.
 */
@NullMarked
package org.lapse.insight.keepalive;

import org.jspecify.annotations.NullMarked;
