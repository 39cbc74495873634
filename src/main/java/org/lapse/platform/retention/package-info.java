/**
 * For how long is kept what nobody needs any more?
 *
 * <p>Each package that keeps things for a time produces a {@link org.lapse.platform.retention.Retention}, which says
 * what they are, when one is over and how long it is kept after that; one timer has them all forgotten, at the start
 * and then once an hour. Imports {@code clock} and {@code timer}.
 */
@NullMarked
package org.lapse.platform.retention;

import org.jspecify.annotations.NullMarked;
