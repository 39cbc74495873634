package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.PassedDeadline;

/** What the timers write of many sessions at once: a batch of them in each transaction. */
@Singleton
@Transactional
class Lapses {
    private final SessionBatches batches;
    private final LedgerProjection projection;

    @Inject
    Lapses(SessionBatches batches, LedgerProjection projection) {
        this.batches = batches;
        this.projection = projection;
    }

    /** Ends what has lived for as long as it may, and answers which those were: not what can still be refreshed. */
    List<PassedDeadline<SessionPrincipal>> endExpired(List<PassedDeadline<SessionPrincipal>> due, Instant now) {
        return batches.endExpired(due, now);
    }

    /** Ends what went unused for as long as it may, and answers which those were: not where the row knows better. */
    List<PassedDeadline<SessionPrincipal>> endInactive(List<PassedDeadline<SessionPrincipal>> due, Instant now) {
        return batches.endInactive(due, now);
    }

    /** Locks what went unused for as long as it may, and answers which those were: not where the row knows better. */
    List<PassedDeadline<SessionPrincipal>> lockInactive(List<PassedDeadline<SessionPrincipal>> due, Instant now) {
        return batches.lockInactive(due, now);
    }

    /** Ends sessions whose life was over while no access token of theirs was alive; returns how many at most. */
    int endForgotten(Instant now, int limit) {
        return batches.endForgotten(now, limit);
    }

    /** Writes down activity that the ledger has seen; never an earlier one over a later one. */
    void writeActivity(Map<LiveSession<SessionPrincipal>, Instant> activity) {
        batches.lockAndWriteActivity(activity);
    }

    /** Has the ledger follow the rows of sessions that are not as it thought. */
    void followRows(Collection<UUID> sessionIds, Instant now) {
        projection.followRows(sessionIds, now);
    }
}
