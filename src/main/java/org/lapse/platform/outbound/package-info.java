/**
 * To which addresses that others chose may this server speak, and how does it do that safely?
 *
 * <p>{@link org.lapse.platform.outbound.OutboundAddresses} decides when an address is saved, and again about the very IP
 * address that a socket is about to connect to; {@link org.lapse.platform.outbound.OutboundCalls} makes the call within
 * a deadline and reads little of the answer. Imports {@code api} and {@code clock}.
 */
@NullMarked
package org.lapse.platform.outbound;

import org.jspecify.annotations.NullMarked;
