/**
 * How do we speak with the callers of our HTTP interface?
 *
 * <p>Who is calling ({@link org.lapse.api.Caller}), what they may do ({@link org.lapse.api.RequiresPermission}), how an
 * answer looks when something is wrong ({@link org.lapse.api.ApiError}), how JSON is read and written, and under which
 * address we are reached ({@link org.lapse.api.IssuerIdentifier}). Imports nothing of ours.
 */
package org.lapse.api;
