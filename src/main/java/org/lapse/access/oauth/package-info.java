/**
 * How does an application get its access token, and what do others learn about it?
 *
 * <p>The endpoints of OAuth 2.0 and OpenID Connect as servlets: {@code /oauth/authorize} with the sign-in page,
 * {@code /oauth/token}, {@code /oauth/introspect}, {@code /oauth/revoke}, {@code /oauth/userinfo}, {@code /oauth/jwks},
 * {@code /logout} and the metadata. Messages are read and built with Nimbus. {@code account} shows
 * what people consented to, and {@code relogin} has it write tokens. Imports {@code signin}, {@code page},
 * {@code session} and what those import.
 */
package org.lapse.access.oauth;
