/**
 * In which order were things changed, and which changes does this node know?
 *
 * <p>A transaction that changes something takes a number from one sequence, after it has locked what it changes, and
 * writes it into the changed rows as their version. {@link org.lapse.platform.changes.ChangeNumbers} remembers which
 * numbers this node has followed, so that a gap shows what it missed, and those who follow read that from the database:
 * each owner of such rows is a {@link org.lapse.platform.changes.NumberedRows}, and tells of them again. Imports
 * nothing of ours.
 */
package org.lapse.platform.changes;
