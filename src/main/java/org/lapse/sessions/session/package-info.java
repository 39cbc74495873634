/**
 * What becomes of a session: opened, locked, unlocked, ended?
 *
 * <p>{@link org.lapse.sessions.session.Sessions} and {@link org.lapse.sessions.session.DeadlineEnforcement} write what
 * happens inside the transaction of the use case, a session at a time ({@code SessionRows}) or many at once ({@code
 * SessionBatches}). Once that is committed, {@link org.lapse.sessions.session.LedgerProjection} has the ledger follow,
 * by the versions of the rows. What it was told too late to follow is read from the row once more, within a second.
 * {@link org.lapse.sessions.session.Admission} answers every question about a token from the ledger. Only among several
 * nodes it asks the database, where another node may know better.
 *
 * <p>Observers of {@link org.lapse.sessions.session.SessionEvents} hear of a change inside the transaction, and of
 * {@link org.lapse.sessions.session.TokenGiven} when the token is good. {@link
 * org.lapse.sessions.session.InactivityTimeouts} knows which timeout governs each live session, and why. Imports {@code
 * ledger}, {@code nodes}, {@code timeout}, {@code excludedapi}, {@code settings}, {@code directory}, {@code application}, {@code
 * changes}, {@code limit}, {@code retention}, {@code database}, {@code api}, {@code cache} and {@code clock}.
 */
package org.lapse.sessions.session;
