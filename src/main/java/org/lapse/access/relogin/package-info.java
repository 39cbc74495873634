/**
 * How does a user come back to a locked session?
 *
 * <p>The original user gives the password and the very same session resumes; anybody may close it instead, once that is
 * confirmed. The dialog is the same whether a client shows it over {@code /api/v2/relogin} or a browser opens
 * {@code /relogin}. Imports {@code oauth}, {@code session}, {@code signin}, {@code page} and what those
 * import; nobody imports it.
 */
package org.lapse.access.relogin;
