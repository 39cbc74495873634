package org.lapse.platform.changes;

import java.util.Collection;

/**
 * Rows of one table that keep the number of the change that wrote them last. What this node has in memory of them
 * follows each change, its own as soon as that is committed, and another node's once it has read the row.
 */
public interface NumberedRows {
    /** Which table, and where the number is. */
    NumberedTable table();

    /**
     * Tells of the changes of those numbers, as those who made them did, inside the transaction that reads them. Who
     * follows one after that transaction's success says that it is {@linkplain ChangeNumbers#followed followed}.
     */
    void tellOf(Collection<Long> missed);
}
