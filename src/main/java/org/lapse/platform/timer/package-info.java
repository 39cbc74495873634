/**
 * Does what recurs go on?
 *
 * <p>Each timer of the server has one {@link org.lapse.platform.timer.RecurringTask}, which no failure stops, and which
 * {@link org.lapse.platform.timer.RecurringTasks} knows to be overdue when it has not run. Imports {@code clock}.
 */
@NullMarked
package org.lapse.platform.timer;

import org.jspecify.annotations.NullMarked;
