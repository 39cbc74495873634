/**
 * Who exists, and is this really them?
 *
 * <p>Organizations with their users, groups and roles, and the check of a password, which is slowed down for whoever
 * guesses. Imports {@code api}.
 */
package org.lapse.directory;
