/**
 * Is the token of this call active, and does the call reset its inactivity timer?
 *
 * <p>{@link org.lapse.activity.ActiveSessionFilter} refuses what is no longer active, deadline first;
 * {@link org.lapse.activity.ActivityInterceptor} then records the activity. Imports {@code session} and what that
 * imports; nobody imports it.
 */
package org.lapse.activity;
