/**
 * How does a page of ours look, and how do we trust a form that comes back?
 *
 * <p>Pages are rendered on the server, work without JavaScript and carry a strict content security policy
 * ({@link org.lapse.platform.page.Pages}). What is sent back is believed only if the same browser was shown the form
 * ({@link org.lapse.platform.page.FormGuard}). Imports {@code api}.
 */
package org.lapse.platform.page;
