/**
 * How do the scripts of a Framework administrator work with our applications and templates?
 *
 * <p>{@code /gax/api} is the REST interface of Genesys Administrator Extension: a log-in gives a cookie, which
 * stands for a session like any other ({@link org.lapse.access.gax.CookieSessions}), and configuration objects are read
 * and written with lower-case keys and text for values ({@link org.lapse.access.gax.ConfigurationObjects}). Imports
 * {@code signin} and what that imports; nobody imports it.
 */
package org.lapse.access.gax;
