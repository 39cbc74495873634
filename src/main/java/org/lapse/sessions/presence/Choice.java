package org.lapse.sessions.presence;

/**
 * What somebody chose for a user.
 *
 * @param before the routing status before
 * @param after the routing status now
 * @param body the presence or the routing status as it is now, on the wire
 * @param <B> the one or the other
 */
record Choice<B>(RoutingStatus before, RoutingStatus after, B body) {}
