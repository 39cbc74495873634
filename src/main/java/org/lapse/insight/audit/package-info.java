/**
 * Who did what, and what became of whom?
 *
 * <p>Observes what administrators change and what happens to sessions, inside the transaction that does it, so that
 * nothing happens unseen, and forgets it after a time. Imports {@code openwork}, {@code
 * delivery} and what those import; nobody imports it.
 */
package org.lapse.insight.audit;
