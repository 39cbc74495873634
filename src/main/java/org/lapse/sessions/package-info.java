/**
 * What becomes of a session?
 *
 * <p>The database decides, inside the transaction of each use case; the ledger follows what was committed and answers
 * every call from memory. When nobody calls, {@code expiry} ends or locks what is past its deadline.
 */
package org.lapse.sessions;
