/**
 * What becomes of a session: opened, locked, unlocked, ended?
 *
 * <p>{@link org.lapse.session.Sessions} and {@link org.lapse.session.DueSessions} first write what happens to the
 * database, a session at a time ({@code SessionRows}) or many at once ({@code SessionBatches}), so that of two
 * nodes one does it, and then to the ledger, which answers every later question about the token. Observers of
 * {@link org.lapse.session.SessionEvents} hear of it inside the transaction, and of
 * {@link org.lapse.session.TokenGiven} when the token is good. {@link org.lapse.session.InactivityTimeouts} knows
 * which timeout governs each live session, and why. Imports {@code ledger}, {@code timeout}, {@code excludedapi},
 * {@code settings}, {@code directory}, {@code application}, {@code changes}, {@code retention}, {@code api},
 * {@code cache} and {@code clock}.
 */
package org.lapse.session;
