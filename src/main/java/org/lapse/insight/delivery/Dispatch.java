package org.lapse.insight.delivery;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.platform.clock.WallClock;

/**
 * Sends what is due. It takes rows for a while, sends them outside of any transaction, and writes down what came of it.
 * If this node is killed meanwhile, another one, or this one later, sends them again.
 */
@Singleton
class Dispatch {
    private static final Logger LOG = Logger.getLogger(Dispatch.class.getName());

    /** So long a row is with a node that has taken it. */
    static final Duration TAKEN_FOR = Duration.ofSeconds(30);

    /** A call that begins so long before the end of that may still be under way then. */
    private static final Duration A_CALL = Duration.ofSeconds(8);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);
    private static final int MOST_TRIES = 10;
    private static final Duration UNUSED = Duration.ofSeconds(30);
    private static final int A_BATCH = 1000;
    private static final String TOO_LATE = "It was not sent in time.";

    private final Deliveries deliveries;
    private final LogoutSender sender;
    private final DeliveryMetrics metrics;
    private final WallClock clock;
    private final Lanes lanes = new Lanes();
    private final Queue<Attempt> unwritten = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile boolean stopped;

    /** Makes threads of their own: receivers that do not answer hold up none of those by which sessions end. */
    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threadFactory;

    @SuppressWarnings("NullAway.Init") // created at the start
    private ThreadPoolExecutor executor;

    @Inject
    Dispatch(Deliveries deliveries, LogoutSender sender, DeliveryMetrics metrics, WallClock clock) {
        this.deliveries = deliveries;
        this.sender = sender;
        this.metrics = metrics;
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        int most = Lanes.THREADS + 1; // the senders, and one that looks
        executor = new ThreadPoolExecutor(
                most, most, UNUSED.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threadFactory);
        executor.allowCoreThreadTimeOut(true);
    }

    /** What was just committed is sent at once. */
    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Written written) {
        wake();
    }

    /** Has another thread look at what is due; nobody waits for it, and the timer looks too. */
    void wake() {
        if (!stopped && wanted.compareAndSet(false, true)) {
            try {
                executor.execute(this::lookOnce);
            } catch (RuntimeException e) { // it stops, or has no thread to give
                wanted.set(false);
            }
        }
    }

    private void lookOnce() {
        wanted.set(false); // what is committed from here on asks for another look
        try {
            look();
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "Could not look at what is due; the timer tries again", e);
        }
    }

    /** Takes what is due, as far as there is room for it, and has threads send it. */
    synchronized void look() {
        if (stopped) {
            return;
        }
        Instant now = clock.now();
        List<String> locked = deliveries.due(now).stream()
                .map(Receiver::id)
                .filter(each -> !take(each, now))
                .toList();
        startThreads();
        for (int tries = 0; tries < MOST_TRIES && !locked.isEmpty(); tries++) {
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            locked = locked.stream().filter(each -> !take(each, now)).toList();
            startThreads();
        }
    }

    /** Takes what is due for a receiver; false if somebody else has locked it at the moment. */
    private boolean take(String receiverId, Instant now) {
        Instant until = now.plus(TAKEN_FOR);
        int room = lanes.room(receiverId);
        if (room == 0) {
            return true;
        }
        try {
            Optional<List<Delivery>> taken = deliveries.take(receiverId, room, now, until);
            taken.ifPresent(rows -> {
                rows.forEach(delivery -> delivery.take(until));
                lanes.add(receiverId, rows, rows.size() < room);
            });
            return taken.isPresent();
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "Could not take what is due for a receiver; the timer tries again", e);
            return true;
        }
    }

    /** Writes down what could not be written before, and what is not worth a try any more. */
    void tidy() {
        write();
        Instant now = clock.now();
        List<Delivery> late;
        do {
            late = deliveries.giveUp(now, A_BATCH);
            metrics.count(late.stream()
                    .map(delivery -> Attempt.failed(delivery, now, Duration.ZERO, TOO_LATE))
                    .toList());
        } while (late.size() == A_BATCH && !stopped);
    }

    private void startThreads() {
        for (int more = lanes.moreThreads(); more > 0; more--) {
            try {
                executor.execute(this::send);
            } catch (RuntimeException e) { // it stops, or has no thread to give
                lanes.withoutThread();
            }
        }
    }

    private void send() {
        boolean orderly = false;
        try {
            for (Optional<Delivery> next = lanes.next(); next.isPresent(); next = lanes.next()) {
                send(next.get());
            }
            orderly = true;
        } finally {
            if (!orderly) {
                lanes.withoutThread();
            }
        }
    }

    private void send(Delivery delivery) {
        boolean failed = true;
        try {
            Instant now = clock.now();
            if (delivery.isTakenUntil(now.plus(A_CALL))) {
                Attempt attempt = now.isBefore(delivery.giveUpAt())
                        ? attempt(delivery)
                        : Attempt.failed(delivery, now, Duration.ZERO, TOO_LATE);
                failed = attempt.hasFailed();
                unwritten.add(attempt);
                write();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "Could not write down what came of a delivery; it is written later", e);
        } finally {
            if (lanes.done(delivery, failed)) {
                wake();
            }
            startThreads();
        }
    }

    /** What came of sending it, whatever is thrown; a message may hold an address, and is not logged. */
    private Attempt attempt(Delivery delivery) {
        try {
            return sender.send(delivery);
        } catch (RuntimeException e) {
            LOG.warning(() -> "Delivery " + delivery.id() + " could not be made: "
                    + e.getClass().getName());
            return Attempt.failed(delivery, clock.now(), Duration.ZERO, "The message could not be made.");
        }
    }

    /**
     * One thread writes what all have done meanwhile; the others go on. What cannot be written is kept for the next
     * time. Receivers that are paused by it lose what waits for them here.
     */
    private void write() {
        while (!unwritten.isEmpty() && writing.tryLock()) {
            try {
                List<Attempt> attempts = new ArrayList<>();
                for (Attempt one = unwritten.poll(); one != null; one = unwritten.poll()) {
                    attempts.add(one);
                }
                if (!attempts.isEmpty()) {
                    settle(attempts);
                }
            } finally {
                writing.unlock();
            }
        }
    }

    private void settle(List<Attempt> attempts) {
        Collection<String> paused;
        try {
            paused = deliveries.settle(attempts);
        } catch (RuntimeException e) {
            unwritten.addAll(attempts);
            throw e;
        }
        metrics.count(attempts);
        List<Delivery> back =
                paused.stream().flatMap(each -> lanes.clear(each).stream()).toList();
        if (!back.isEmpty()) {
            deliveries.release(back);
        }
    }

    /** Sends no more, and waits for what is under way. */
    @PreDestroy
    void halt() {
        clear();
        awaitThreads();
        executor.shutdownNow();
    }

    /** Sends no more, gives back what was taken, and waits for what is under way. */
    void stop() {
        Collection<Delivery> unsent = clear();
        if (!unsent.isEmpty()) {
            deliveries.release(unsent);
        }
        awaitThreads();
        executor.shutdown();
    }

    private Collection<Delivery> clear() {
        stopped = true;
        synchronized (this) { // a look that is under way has come to its end
            return lanes.clear();
        }
    }

    private void awaitThreads() {
        try {
            lanes.awaitThreads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
