package org.lapse.platform.timer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Work that a timer does in turns. No failure leaves a turn, not even an {@link Error}: a server gives up a timer that
 * has failed, and then nothing would be ended or written any more. A turn that comes while the last one is still at
 * work is left out.
 *
 * <p>A failure is logged when it begins and when it is over, and not at each turn between.
 */
public final class RecurringTask {
    private static final Logger LOG = Logger.getLogger(RecurringTask.class.getName());

    /** A task may miss so many turns before anybody needs to know. */
    private static final int MISSED_TURNS = 10;

    /** A single turn may take so long without any progress; each wait for the database is shorter. */
    private static final Duration ALLOWANCE = Duration.ofSeconds(30);

    private final String purpose;
    private final Duration limit;
    private final Supplier<Duration> uptime;
    private final AtomicBoolean atWork = new AtomicBoolean();
    private volatile Duration lastProgress;
    private volatile @Nullable Class<?> failure;

    RecurringTask(String purpose, Duration period, Supplier<Duration> uptime) {
        this.purpose = purpose;
        this.limit = period.multipliedBy(MISSED_TURNS).plus(ALLOWANCE);
        this.uptime = uptime;
        this.lastProgress = uptime.get();
    }

    /** Does the work of one turn, unless the last one is still at work. */
    public void run(Runnable turn) {
        if (!atWork.compareAndSet(false, true)) {
            return;
        }
        try {
            progress();
            turn.run();
            succeeded();
        } catch (Throwable e) { // whatever it is, the next turn has to come
            failed(e);
        } finally {
            progress();
            atWork.set(false);
        }
    }

    /** A turn that takes long says that it gets on. */
    public void progress() {
        lastProgress = uptime.get();
    }

    boolean isOverdue(Duration now) {
        return now.minus(lastProgress).compareTo(limit) > 0;
    }

    String purpose() {
        return purpose;
    }

    private void succeeded() {
        if (failure != null) {
            failure = null;
            LOG.log(Level.INFO, "It works again: {0}", purpose);
        }
    }

    private void failed(Throwable thrown) {
        boolean isNew = thrown.getClass() != failure;
        failure = thrown.getClass();
        try {
            LOG.log(
                    isNew ? Level.SEVERE : Level.FINE,
                    thrown,
                    () -> "Could not " + purpose + "; each further turn tries again");
        } catch (Throwable e) { // with no memory left it cannot even be logged
            failure = null;
        }
    }
}
