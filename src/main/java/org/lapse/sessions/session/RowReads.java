package org.lapse.sessions.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The reads of rows for the ledger that are under way. What a row says may be outdated when the ledger is told of it: it
 * was read, the session ended, and the ledger followed that end in between. So what the ledger knows of sessions that
 * have ended must stay known until every read is over that began before.
 */
final class RowReads {
    private final List<Read> underWay = new ArrayList<>();

    /**
     * A read that is under way.
     *
     * @param settled every change up to this number had been followed when it began, so its rows say all of them
     */
    record Read(long settled) {}

    /** A read begins, of which no row has been read yet. */
    synchronized Read begin(long settled) {
        Read read = new Read(settled);
        underWay.add(read);
        return read;
    }

    /** The ledger has been told what was read. */
    @SuppressWarnings("ReferenceEquality") // two reads may begin after the same number
    synchronized void end(Read read) {
        underWay.removeIf(one -> one == read);
    }

    /** The number up to which changes need to be remembered no longer, if they are settled up to that one. */
    synchronized long forgettable(long settled) {
        return underWay.stream().mapToLong(Read::settled).reduce(settled, Math::min);
    }
}
