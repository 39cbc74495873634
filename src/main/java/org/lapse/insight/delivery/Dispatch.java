package org.lapse.insight.delivery;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private final Deliveries deliveries;
    private final LogoutSender sender;
    private final DeliveryMetrics metrics;
    private final WallClock clock;
    private final Lanes lanes = new Lanes();
    private final Queue<Attempt> unwritten = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile boolean stopped;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Inject
    Dispatch(Deliveries deliveries, LogoutSender sender, DeliveryMetrics metrics, WallClock clock) {
        this.deliveries = deliveries;
        this.sender = sender;
        this.metrics = metrics;
        this.clock = clock;
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
            } catch (RejectedExecutionException e) {
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
        Instant until = now.plus(TAKEN_FOR);
        for (Receiver receiver : deliveries.due(now)) {
            int room = lanes.room(receiver.id());
            if (room > 0) {
                List<Delivery> taken = deliveries.take(receiver.id(), room, now, until);
                taken.forEach(delivery -> delivery.take(until));
                lanes.add(receiver.id(), taken, taken.size() < room);
            }
        }
        startThreads();
    }

    private void startThreads() {
        for (int more = lanes.moreThreads(); more > 0; more--) {
            try {
                executor.execute(this::send);
            } catch (RejectedExecutionException e) {
                lanes.withoutThread();
            }
        }
    }

    private void send() {
        for (Optional<Delivery> next = lanes.next(); next.isPresent(); next = lanes.next()) {
            send(next.get());
        }
    }

    private void send(Delivery delivery) {
        boolean failed = true;
        try {
            if (delivery.isTakenUntil(clock.now().plus(A_CALL))) {
                Attempt attempt = sender.send(delivery);
                failed = attempt.outcome() == DeliveryOutcome.FAILED;
                unwritten.add(attempt);
                write();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Could not send a delivery; it is sent again", e);
        } finally {
            if (lanes.done(delivery, failed)) {
                wake();
            }
            startThreads();
        }
    }

    /** One thread writes what all have done meanwhile; the others go on. */
    private void write() {
        while (!unwritten.isEmpty() && writing.tryLock()) {
            try {
                List<Attempt> attempts = new ArrayList<>();
                for (Attempt one = unwritten.poll(); one != null; one = unwritten.poll()) {
                    attempts.add(one);
                }
                if (!attempts.isEmpty()) {
                    deliveries.settle(attempts);
                    metrics.count(attempts);
                }
            } finally {
                writing.unlock();
            }
        }
    }

    /** Sends no more, and waits for what is under way. */
    @PreDestroy
    void halt() {
        clear();
        awaitThreads();
    }

    /** Sends no more, gives back what was taken, and waits for what is under way. */
    void stop() {
        Collection<Delivery> unsent = clear();
        if (!unsent.isEmpty()) {
            deliveries.release(unsent);
        }
        awaitThreads();
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
