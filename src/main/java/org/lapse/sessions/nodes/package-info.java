/**
 * Which other nodes answer for the same sessions, and what may only they know?
 *
 * <p>Each node has a row in the database: a lease, without which it lets nobody pass, and the moment up to which it has
 * closed. No use before that moment is known to it alone, and it grants none any more to a session whose deadline came
 * before. So {@link org.lapse.sessions.nodes.OtherNodes} can say whether a session may be ended, and
 * {@link org.lapse.sessions.nodes.NodeLease} whether a call may pass. A node that is alone has a row too, which tells
 * its next start that it was killed, and asks nothing.
 *
 * <p>Leases are counted by the database's clock in the rows, and by the monotonic clock in the node. Imports {@code
 * clock}.
 */
package org.lapse.sessions.nodes;
