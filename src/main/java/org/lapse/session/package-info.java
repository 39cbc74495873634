/**
 * What becomes of a session: opened, locked, unlocked, ended?
 *
 * <p>{@link org.lapse.session.Sessions} first writes what happens to the database, in one conditional update that two
 * nodes may both run, and then to the ledger, which answers every later question about the token. Observers of
 * {@link org.lapse.session.SessionEvents} hear of it inside the transaction, and of
 * {@link org.lapse.session.TokenGiven} when the token is good. {@link org.lapse.session.InactivityTimeouts}
 * knows which timeout governs each live session, and why. Imports {@code ledger}, {@code timeout},
 * {@code settings}, {@code directory}, {@code application}, {@code api} and {@code clock}.
 */
package org.lapse.session;
