/**
 * Who is at this browser, and may an application take their word for it without the password?
 *
 * <p>A {@link org.lapse.access.signin.SignIn} is a browser in which somebody has proved who they are, with a password,
 * a passkey, or in two steps ({@link org.lapse.access.signin.PendingSignIns}). By the rule {@link
 * org.lapse.access.signin.SilentSignIn} it opens further sessions: it never renews what lapsed. {@link
 * org.lapse.access.signin.SignInAttempts} checks the password and tells who tried. {@link
 * org.lapse.access.signin.KnownBrowsers} stay known when a sign-in is over: strangers do not shut them out. Imports
 * {@code session}, {@code authenticator}, {@code page} and what those import.
 */
package org.lapse.access.signin;
