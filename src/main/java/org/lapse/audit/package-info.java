/**
 * Who did what, and what became of whom?
 *
 * <p>Observes what administrators change and what happens to sessions, inside the transaction that does it, so that
 * nothing happens unseen, and forgets it after a time. Imports {@code session} and what that imports, {@code signin} and
 * {@code openwork}; nobody imports it.
 */
package org.lapse.audit;
