/**
 * Is the token of this call active, and does the call reset its inactivity timer?
 *
 * <p>{@link org.lapse.access.activity.ActiveSessionFilter} refuses what is no longer active, deadline first, and
 * decides whether the call counts: not if it says itself that nobody is behind it, nor if its API is excluded; {@link
 * org.lapse.access.activity.ActivityInterceptor} then records the activity. The heartbeat says what was seen at the
 * screen. Imports {@code openwork}, {@code session} and what those import; nobody imports it.
 */
package org.lapse.access.activity;
