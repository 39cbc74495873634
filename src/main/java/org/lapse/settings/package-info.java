/**
 * What did the administrator choose for the organization?
 *
 * <p>The organization-wide inactivity timeout and the HIPAA rule, in the database and, as a snapshot that a change
 * replaces as soon as it is committed, in memory. Imports {@code timeout}, {@code directory} and
 * {@code api}.
 */
package org.lapse.settings;
