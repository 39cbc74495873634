package org.lapse.middle;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;

/** Notes what a thread asks the database, and each {@link #COMMIT}; statements of one batch are one. */
public final class Statements implements StatementInspector {
    /** How the end of a transaction is noted that has changed or locked something. */
    public static final String COMMIT = "commit";

    private static final long serialVersionUID = 1L;
    private static final ThreadLocal<@Nullable List<String>> NOTED = new ThreadLocal<>();

    /** What that work asks the database, in order. */
    public static List<String> of(Runnable work) {
        List<String> noted = new ArrayList<>();
        NOTED.set(noted);
        try {
            work.run();
        } finally {
            NOTED.remove();
        }
        return noted;
    }

    static void note(String statement) {
        List<String> noted = NOTED.get();
        if (noted != null) {
            noted.add(statement);
        }
    }

    @Override
    public String inspect(String sql) {
        note(sql);
        return sql;
    }
}
