package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lapse.sessions.ledger.ActivityBacklog;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;

/** Writes down what the ledger has seen of activity: a touch is memory only, and the database follows in batches. */
@Singleton
public class ActivityWriter {
    /** A use that is worth writing waits no longer for its turn. */
    private static final Duration PERIOD = Duration.ofMillis(50);

    private final Lapses lapses;
    private final SessionLedger<SessionPrincipal> ledger;
    private final ActivityBacklog<SessionPrincipal> backlog;
    private final ActivityDurability durability;

    @Inject
    ActivityWriter(
            Lapses lapses,
            SessionLedger<SessionPrincipal> ledger,
            ActivityBacklog<SessionPrincipal> backlog,
            ActivityDurability durability) {
        this.lapses = lapses;
        this.ledger = ledger;
        this.backlog = backlog;
        this.durability = durability;
    }

    /** How often {@link #writeBacklog} wants to be called. */
    public Duration period() {
        return PERIOD;
    }

    /** How many sessions have activity that waits to be written. */
    public long backlog() {
        return backlog.size();
    }

    /** How many uses were answered before they were written, although {@code lapse.activity.durability} is strict. */
    public long answeredUnwritten() {
        return durability.answeredUnwritten();
    }

    /**
     * Writes the activity of the sessions that wait for it, each batch in one transaction. What cannot be written waits
     * for the next turn.
     *
     * @param progress told after each batch
     */
    public void writeBacklog(Runnable progress) {
        long left = backlog.size(); // those that come meanwhile have their turn next
        while (left > 0) {
            List<LiveSession<SessionPrincipal>> batch = backlog.take(SessionBatches.SIZE);
            if (batch.isEmpty()) {
                return;
            }
            writeOrPutBack(batch);
            progress.run();
            left -= batch.size();
        }
    }

    private void writeOrPutBack(List<LiveSession<SessionPrincipal>> batch) {
        boolean written = false;
        try {
            writeBatch(batch);
            written = true;
        } finally {
            if (!written) {
                backlog.putBack(batch);
            }
        }
    }

    /** Writes all activity, also where it is a guess, so that the next start of this node finds it exactly. */
    public void writeAll() {
        writeThose(session -> session.hasUnwrittenActivity(Duration.ZERO));
    }

    /** Writes all uses, so that no other node need ask this one. */
    public void writeUses() {
        writeThose(LiveSession::hasUnwrittenUse);
    }

    private void writeThose(Predicate<LiveSession<SessionPrincipal>> meant) {
        List<LiveSession<SessionPrincipal>> moved = new ArrayList<>();
        ledger.forEach(session -> {
            if (meant.test(session)) {
                moved.add(session);
            }
        });
        write(moved);
    }

    /** Writes the activity of sessions now, whether it waits or not; each batch in one transaction. */
    public void write(List<LiveSession<SessionPrincipal>> sessions) {
        SessionBatches.of(sessions).forEach(this::writeBatch);
    }

    private void writeBatch(List<LiveSession<SessionPrincipal>> batch) {
        Map<LiveSession<SessionPrincipal>, Instant> activity = batch.stream()
                .collect(Collectors.toMap(Function.identity(), LiveSession::lastActivity, (one, same) -> one));
        lapses.writeActivity(activity);
        activity.forEach(backlog::written);
        durability.committed();
    }
}
