/**
 * What did the administrator choose for the organization?
 *
 * <p>The inactivity timeouts of the organization and its groups and the HIPAA rule, in the database and, as a
 * snapshot that a change replaces as soon as it is committed, in memory; likewise the authentication settings:
 * excluded APIs, from where tokens may be used, and what passwords must have. Imports {@code timeout},
 * {@code excludedapi}, {@code directory}, {@code application}, {@code changes}, {@code api}, {@code cache} and {@code clock}.
 */
package org.lapse.organizations.settings;
