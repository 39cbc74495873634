package org.lapse.middle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Units of work that run side by side, in the order in which the test lets each of them go on. */
public final class Strands implements AutoCloseable {
    private final Database.Fresh database;
    private final List<Strand> strands = new ArrayList<>();
    private @Nullable Connection observer;

    Strands(Database.Fresh database) {
        this.database = database;
    }

    /** A strand that has not begun yet. */
    public Strand of(String name, Runnable work) {
        Strand strand = new Strand(name, this, work);
        strands.add(strand);
        return strand;
    }

    /** Sessions of the database that wait for a lock. */
    Set<Integer> waitingSessions() throws SQLException {
        if (observer == null) {
            observer = database.connect();
        }
        return database.waiting(observer);
    }

    /** Lets every strand go to its end. */
    @Override
    public void close() throws SQLException {
        strands.forEach(Strand::release);
        strands.forEach(Strand::join);
        if (observer != null) {
            observer.close();
        }
    }
}
