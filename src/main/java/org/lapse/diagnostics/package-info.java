/**
 * What do clients tell about their own troubles?
 *
 * <p>Their logs are kept for a while, without tokens, for the administrators of their organization, and never written to
 * the server's log. Imports {@code session}, {@code ledger}, {@code api} and {@code clock}.
 */
package org.lapse.diagnostics;
