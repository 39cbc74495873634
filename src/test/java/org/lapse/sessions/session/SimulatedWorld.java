package org.lapse.sessions.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Virtual time, and what happens in it: events in the order of their moments. One thread does everything, so the same
 * seed gives the same run. While a node waits for the database, what is due meanwhile happens first.
 */
public final class SimulatedWorld {
    static final Instant BEGIN = Instant.parse("2026-03-02T12:00:00Z");

    private static final int DEEPEST = 40;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Random random;
    private long millis;
    private long number;
    private int depth;

    /** A world at its beginning. */
    public SimulatedWorld(long seed) {
        this.random = new Random(seed);
    }

    /** The one source of chance. */
    public Random random() {
        return random;
    }

    /** The true time, which no node knows. */
    public Instant now() {
        return BEGIN.plusMillis(millis);
    }

    /** The milliseconds since the beginning. */
    public long millis() {
        return millis;
    }

    /** Whether something happens while something else waits. */
    public boolean isNested() {
        return depth > 1;
    }

    /** Has something happen after a while. */
    public void after(long delayMillis, Runnable event) {
        events.add(new Event(millis + Math.max(0, delayMillis), number++, event));
    }

    /** Lets time pass, with all that happens in it. */
    public void run(Duration time) {
        long end = millis + time.toMillis();
        if (depth < DEEPEST) {
            depth++;
            try {
                while (!events.isEmpty() && events.peek().at <= end) {
                    Event event = events.remove();
                    millis = Math.max(millis, event.at);
                    event.what.run();
                }
            } finally {
                depth--;
            }
        }
        millis = Math.max(millis, end);
    }

    private record Event(long at, long number, Runnable what) {}
}
