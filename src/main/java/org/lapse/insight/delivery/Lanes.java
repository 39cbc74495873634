package org.lapse.insight.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this node has taken and not sent yet, a lane for each receiver. Threads take turns among the lanes, and a lane has
 * {@value #CALLS} of them at the most, or a single one while its receiver fails. A few threads serve only receivers that
 * have none: so slow receivers hold up nobody else.
 */
final class Lanes {
    /** So many calls are under way at once, to all receivers. */
    static final int THREADS = 16;

    /** So many calls to one receiver are under way at once. */
    static final int CALLS = 4;

    /** So much of one receiver is with this node at the most. */
    static final int LONGEST = 64;

    /** So many threads are kept free for receivers to whom no call is under way. */
    private static final int KEPT_FREE = 4;

    private static final int LOOKS = 60;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Map<String, Lane> byReceiver = new LinkedHashMap<>();
    private int threads;

    /** How much more a receiver's lane holds; nothing while it is not half empty, so that a look is worth it. */
    synchronized int room(String receiverId) {
        Lane lane = byReceiver.get(receiverId);
        int held = lane == null ? 0 : lane.waiting.size() + lane.underWay;
        return held > LONGEST / 2 ? 0 : LONGEST - held;
    }

    /**
     * Takes over what is to be sent to a receiver.
     *
     * @param all whether there was no more of it
     */
    synchronized void add(String receiverId, List<Delivery> deliveries, boolean all) {
        Lane lane = byReceiver.computeIfAbsent(receiverId, unknown -> new Lane());
        lane.waiting.addAll(deliveries);
        lane.all = all;
    }

    /** How many more threads have something to do; they count as at work from now on. */
    synchronized int moreThreads() {
        int first = (int) byReceiver.values().stream()
                .filter(lane -> lane.underWay == 0 && lane.startable() > 0)
                .count();
        int startable = byReceiver.values().stream().mapToInt(Lane::startable).sum();
        int more = Math.max(Math.min(THREADS - threads, first), Math.min(THREADS - KEPT_FREE - threads, startable));
        threads += Math.max(0, more);
        return Math.max(0, more);
    }

    /** The next that a thread has to send; if there is none, the thread is at work no more. */
    synchronized Optional<Delivery> next() {
        for (Map.Entry<String, Lane> each : byReceiver.entrySet()) {
            Lane lane = each.getValue();
            if (lane.startable() > 0 && (lane.underWay == 0 || threads <= THREADS - KEPT_FREE)) {
                Delivery next = lane.waiting.remove();
                lane.underWay++;
                byReceiver.remove(each.getKey()); // to the end: the other lanes come first now
                byReceiver.put(each.getKey(), lane);
                return Optional.of(next);
            }
        }
        withoutThread();
        return Optional.empty();
    }

    /** A thread has nothing more to do, or did not come to work. */
    synchronized void withoutThread() {
        threads--;
        notifyAll();
    }

    /** Waits until no thread is at work, at most as long as a call takes. */
    synchronized void awaitThreads() throws InterruptedException {
        for (int looks = 0; looks < LOOKS && threads > 0; looks++) {
            wait(BETWEEN_LOOKS.toMillis());
        }
    }

    /**
     * A call is over.
     *
     * @param failed whether it did not reach the receiver
     * @return whether there may be more for that receiver, and room for it
     */
    synchronized boolean done(Delivery delivery, boolean failed) {
        Lane lane = byReceiver.computeIfAbsent(delivery.receiverId(), unknown -> new Lane());
        lane.underWay--;
        lane.failing = failed;
        return !lane.all && room(delivery.receiverId()) > 0;
    }

    /** Takes away what is not under way to a receiver. */
    synchronized Collection<Delivery> clear(String receiverId) {
        Lane lane = byReceiver.get(receiverId);
        if (lane == null) {
            return List.of();
        }
        List<Delivery> cleared = List.copyOf(lane.waiting);
        lane.waiting.clear();
        return cleared;
    }

    /** Takes away all that is not under way. */
    synchronized Collection<Delivery> clear() {
        List<Delivery> cleared = new ArrayList<>();
        byReceiver.values().forEach(lane -> {
            cleared.addAll(lane.waiting);
            lane.waiting.clear();
        });
        return cleared;
    }

    private static final class Lane {
        private final Deque<Delivery> waiting = new ArrayDeque<>();
        private int underWay;
        private boolean failing;
        private boolean all = true;

        int startable() {
            return Math.max(0, Math.min(waiting.size(), (failing ? 1 : CALLS) - underWay));
        }
    }
}
