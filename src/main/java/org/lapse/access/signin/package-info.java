/**
 * Who is at this browser, and may an application take their word for it without the password?
 *
 * <p>A {@link org.lapse.access.signin.SignIn} is a browser in which somebody has proved who they are, with a password,
 * a passkey, or in two steps ({@link org.lapse.access.signin.PendingSignIns}). {@link org.lapse.access.signin.SilentSignIn} is the rule by which it opens further sessions: it never renews what
 * lapsed. {@link org.lapse.access.signin.SignInAttempts} checks the password and tells who tried. Imports {@code
 * session}, {@code authenticator}, {@code page} and what those import.
 */
package org.lapse.access.signin;
