/**
 * Who did what, and what became of whom?
 *
 * <p>Observes what administrators change and what happens to sessions, inside the transaction that does it, so that
 * nothing happens unseen. Imports {@code session} and what that imports; nobody imports it.
 */
package org.lapse.audit;
