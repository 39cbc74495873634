/**
 * What time is it?
 *
 * <p>The only place that reads the machine's clock; everything else takes {@code Instant now}. Imports nothing of ours.
 */
package org.lapse.platform.clock;
