/** What time is it? The only place that reads the machine's clock; everything else takes {@code Instant now}. */
package org.lapse.clock;
