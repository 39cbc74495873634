/**
 * With what besides the password does somebody prove who they are, and who has to?
 *
 * <p>Passkeys ({@link org.lapse.organizations.authenticator.Passkeys}), one-time codes of an authenticator app
 * ({@link org.lapse.organizations.authenticator.OneTimeCodes}) and recovery codes, each with the rules by which it is
 * good once. {@link org.lapse.organizations.authenticator.SecondFactorPolicy} knows what a user has and must have. Imports
 * {@code directory}, {@code settings}, {@code retention}, {@code database}, {@code page}, {@code api} and
 * {@code clock}.
 */
package org.lapse.organizations.authenticator;
