/**
 * Who outside of this server must hear of what happened, and have they?
 *
 * <p>What must be told becomes a row of the {@linkplain org.lapse.insight.delivery.Outbox outbox} in the transaction
 * that does it, and {@link org.lapse.insight.delivery.Dispatch} sends it until its receiver has it or time is over. The
 * receivers are applications with an address for logout tokens. Imports {@code oauth}, {@code session}, {@code
 * outbound}, {@code timer} and what those import.
 */
@NullMarked
package org.lapse.insight.delivery;

import org.jspecify.annotations.NullMarked;
