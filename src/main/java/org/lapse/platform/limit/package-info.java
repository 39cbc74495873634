/**
 * How much may one user or one application make?
 *
 * <p>The numbers, which are configured here alone, what counts against them without a race ({@link
 * org.lapse.platform.limit.Limits}), and the refusal, 429 in the words of the package that asks. Imports {@code retention} and
 * {@code api}.
 */
@NullMarked
package org.lapse.platform.limit;

import org.jspecify.annotations.NullMarked;
