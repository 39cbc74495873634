/**
 * How do we speak with the callers of our HTTP interface?
 *
 * <p>Who is calling ({@link org.lapse.platform.api.Caller}), what they may do ({@link
 * org.lapse.platform.api.RequiresPermission}), how an answer looks when something is wrong ({@link
 * org.lapse.platform.api.ApiError}), how JSON is read and written, and under which address we are reached ({@link
 * org.lapse.platform.api.IssuerIdentifier}). Imports {@code clock}.
 */
package org.lapse.platform.api;
