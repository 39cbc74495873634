/**
 * Who exists, and is this really them?
 *
 * <p>Organizations with their users, groups and roles, how administrators manage them, and the check of a password,
 * which is slowed down where somebody guesses ({@link org.lapse.organizations.directory.PasswordChecks}, {@link
 * org.lapse.organizations.directory.PasswordPlace}). Links by which a forgotten password is set ({@link
 * org.lapse.organizations.directory.PasswordLinks}). Imports {@code changes}, {@code retention}, {@code database},
 * {@code page}, {@code api} and {@code clock}.
 */
package org.lapse.organizations.directory;
