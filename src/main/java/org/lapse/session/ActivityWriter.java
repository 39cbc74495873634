package org.lapse.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lapse.ledger.LiveSession;
import org.lapse.ledger.SessionLedger;

/** Writes down what the ledger has seen of activity: a touch is memory only, and the database follows in batches. */
@Singleton
public class ActivityWriter {
    private final Lapses lapses;
    private final ActivityCheckpoints checkpoints;
    private final SessionLedger<Grant> ledger;
    private final WriteTolerance tolerance;
    private volatile int backlog;

    @Inject
    ActivityWriter(
            Lapses lapses, ActivityCheckpoints checkpoints, SessionLedger<Grant> ledger, WriteTolerance tolerance) {
        this.lapses = lapses;
        this.checkpoints = checkpoints;
        this.ledger = ledger;
        this.tolerance = tolerance;
    }

    /** How often {@link #writeWhatMoved} wants to be called. */
    public Duration period() {
        return tolerance.period();
    }

    /** How many sessions had activity to write at the last look that is not written yet. */
    public int backlog() {
        return backlog;
    }

    /** Writes the activity of the sessions where it moved by enough to be worth it; returns how many. */
    public int writeWhatMoved() {
        return write(tolerance.worthWriting());
    }

    /** Writes all activity, for an orderly shutdown, and remembers that it is all there. */
    public void writeAll(Instant now) {
        write(Duration.ZERO);
        checkpoints.complete(now);
    }

    private int write(Duration worthWriting) {
        List<LiveSession<Grant>> moved = new ArrayList<>();
        ledger.forEach(session -> {
            if (session.hasUnwrittenActivity(worthWriting)) {
                moved.add(session);
            }
        });
        int left = moved.size();
        backlog = left;
        for (List<LiveSession<Grant>> batch : SessionBatches.of(moved)) {
            Map<LiveSession<Grant>, Instant> activity =
                    batch.stream().collect(Collectors.toMap(Function.identity(), LiveSession::lastActivity));
            lapses.writeActivity(activity);
            activity.forEach(LiveSession::activityWritten);
            left -= batch.size();
            backlog = left;
        }
        return moved.size();
    }
}
