/**
 * What do clients tell about their own troubles?
 *
 * <p>Their logs are kept for a while, without tokens, for the administrators of their organization, and never
 * written to the server's log. Imports {@code session} and what that imports; nobody imports it.
 */
package org.lapse.insight.diagnostics;
