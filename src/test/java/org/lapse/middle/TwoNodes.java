package org.lapse.middle;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lapse.sessions.expiry.Closing;
import org.lapse.sessions.session.LedgerProjection;

/**
 * Two nodes of Lapse on one PostgreSQL, in this JVM: each has beans, connections and a ledger of its own, and hears of
 * the other through the database alone. Their timers do not run: a node knows what the other one did once the test has
 * it {@linkplain #catchUp catch up}.
 */
public final class TwoNodes implements AutoCloseable {
    private final LapseInJavaSE a;
    private final LapseInJavaSE b;

    private TwoNodes(LapseInJavaSE a, LapseInJavaSE b) {
        this.a = a;
        this.b = b;
    }

    /** Starts both, one after the other, on an empty database with the demonstration's organizations. */
    public static TwoNodes start(Map<String, String> configuration) {
        LapseInJavaSE first = LapseInJavaSE.start(Database.POSTGRESQL, configuration);
        return new TwoNodes(first, first.startAnother());
    }

    /** Starts both at the same moment on an empty database. */
    public static TwoNodes startAtOnce(Map<String, String> configuration) {
        try {
            List<LapseInJavaSE> both = LapseInJavaSE.startTwoAtOnce(Database.POSTGRESQL, configuration);
            return new TwoNodes(both.get(0), both.get(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The node that was started first. */
    public LapseInJavaSE a() {
        return a;
    }

    /** The other node. */
    public LapseInJavaSE b() {
        return b;
    }

    /** Has both read what they missed, as their timers do several times a second. */
    public void catchUp() {
        Stream.of(a, b).forEach(TwoNodes::catchUp);
    }

    /** Has one node read what it missed. */
    public static void catchUp(LapseInJavaSE node) {
        node.get(LedgerProjection.class).catchUp(node.clock().now());
    }

    /** A node takes its turn: it reads what it missed, and closes up to now. */
    public static void turn(LapseInJavaSE node) {
        node.get(Closing.class).turn();
    }

    /** Has the first node do something, while the other one takes its turns: the first may wait for what it says. */
    public <R> R whileTheOtherCloses(Supplier<R> useCase) {
        CompletableFuture<R> done = CompletableFuture.supplyAsync(useCase);
        while (!done.isDone()) {
            turn(b);
        }
        return done.join();
    }

    /** Lets time pass on both. */
    public void putForward(Duration time) {
        a.clock().putForward(time);
        b.clock().putForward(time);
    }

    @Override
    public void close() throws SQLException {
        b.close();
        a.close();
    }

    @Override
    public String toString() {
        return "two nodes on " + a;
    }
}
