/**
 * What can people see and do about their own account?
 *
 * <p>The page {@code /account/} and {@code /api/v2/users/me/sessions}: which sessions are mine and where, which of them
 * end, which applications have access, and which password I have. The page {@code /password/}: how I set one that I have
 * forgotten. Imports {@code oauth}, {@code signin}, {@code page} and
 * what those import; nobody imports it.
 */
package org.lapse.access.account;
