/**
 * Who is at this browser, and may an application take their word for it without the password?
 *
 * <p>A {@link org.lapse.access.signin.SignIn} is a browser in which somebody has given their password.
 * {@link org.lapse.access.signin.SilentSignIn} is the rule by which it opens further sessions: it never renews what
 * lapsed. {@link org.lapse.access.signin.SignInAttempts} checks the password and tells who tried. Imports {@code
 * session}, {@code page} and what those import.
 */
package org.lapse.access.signin;
