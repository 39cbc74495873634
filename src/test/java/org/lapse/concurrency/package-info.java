/**
 * Do use cases that run at the same time leave what they would leave one after the other?
 *
 * <p>{@link org.lapse.concurrency.Scene} is one user with one session, a sign-in, codes and tokens.
 * {@link org.lapse.concurrency.UseCase} names what may happen to it, and {@link org.lapse.concurrency.Turns} lets
 * several of them go on, one boundary of a transaction at a time, in an order that is played and not hoped for.
 */
@NullMarked
package org.lapse.concurrency;

import org.jspecify.annotations.NullMarked;
