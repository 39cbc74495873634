package org.lapse.session;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.lapse.application.OnInactivity;
import org.lapse.application.RulesInForce;
import org.lapse.ledger.Due;
import org.lapse.ledger.LiveSession;
import org.lapse.ledger.SessionLedger;
import org.lapse.ledger.Standing;

/** The sessions whose deadline has passed: ends or locks them, a bounded batch in each transaction. */
@Singleton
public class DueSessions {
    /** How many sessions one transaction changes. */
    private static final int BATCH = 1000;

    /** How many transactions run at the same time when there are more than that. */
    private static final int LANES = 4;

    private final SessionRows rows;
    private final SessionBatches batches;
    private final SessionLedger<Grant> ledger;
    private final RulesInForce rules;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Inject
    DueSessions(SessionRows rows, SessionBatches batches, SessionLedger<Grant> ledger, RulesInForce rules) {
        this.rows = rows;
        this.batches = batches;
        this.ledger = ledger;
        this.rules = rules;
    }

    /**
     * Ends or locks what is due, at most a bounded number of sessions. Where the database refuses, the sessions stay
     * without access and are offered again.
     *
     * @return whether there may be more that are due
     */
    public boolean settle(Instant now) {
        List<Due<Grant>> due = ledger.takeDue(now, BATCH * LANES);
        boolean settled = false;
        try {
            if (due.size() <= BATCH) {
                settle(due, now);
            } else {
                settleInParallel(due, now);
            }
            settled = true;
        } finally {
            if (!settled) {
                due.forEach(one -> ledger.offerAgain(one.session()));
            }
        }
        return due.size() == BATCH * LANES;
    }

    private void settleInParallel(List<Due<Grant>> due, Instant now) {
        List<CompletableFuture<Void>> lanes = new ArrayList<>();
        for (int from = 0; from < due.size(); from += BATCH) {
            List<Due<Grant>> batch = due.subList(from, Math.min(from + BATCH, due.size()));
            lanes.add(CompletableFuture.runAsync(() -> settle(batch, now), executor));
        }
        CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new)).join();
    }

    private void settle(List<Due<Grant>> due, Instant now) {
        List<Due<Grant>> expired = new ArrayList<>();
        List<Due<Grant>> toLock = new ArrayList<>();
        List<Due<Grant>> toEnd = new ArrayList<>();
        for (Due<Grant> one : due) {
            if (one.standing() == Standing.EXPIRED) {
                expired.add(one);
            } else if (locks(one.session().holder())) {
                toLock.add(one);
            } else {
                toEnd.add(one);
            }
        }
        if (!expired.isEmpty()) {
            batches.endExpired(expired, now);
            // These leave the ledger in any case: a session that can be refreshed comes back with a new token.
            expired.forEach(one -> ledger.end(one.session()));
        }
        if (!toEnd.isEmpty()) {
            follow(toEnd, batches.endInactive(toEnd, now), ledger::end);
        }
        if (!toLock.isEmpty()) {
            follow(toLock, batches.lockInactive(toLock, now), ledger::lock);
        }
    }

    /** Whether inactivity locks that holder's session: nobody could unlock that of an application on its own. */
    boolean locks(Grant grant) {
        return grant.userId() != null
                && rules.of(grant.applicationId()).security().onInactivity() == OnInactivity.LOCK;
    }

    private void follow(List<Due<Grant>> due, List<Due<Grant>> changed, Consumer<LiveSession<Grant>> change) {
        changed.forEach(one -> change.accept(one.session()));
        if (changed.size() < due.size()) {
            Set<Due<Grant>> rest = new HashSet<>(due);
            changed.forEach(rest::remove);
            rest.forEach(one -> reconcile(one.session()));
        }
    }

    /** The row was not as this node thought, because another node was there first: the row is right. */
    private void reconcile(LiveSession<Grant> session) {
        Optional<Session> row = rows.find(session.id());
        SessionState state = row.map(Session::state).orElse(SessionState.ENDED);
        switch (state) {
            case ACTIVE -> {
                Session active = row.orElseThrow();
                ledger.unlock(session, active.lastActivityAt());
                if (active.heldUntil() != null) {
                    ledger.hold(session, active.heldUntil(), active.lastActivityAt());
                }
            }
            case LOCKED -> ledger.lock(session);
            case ENDED -> ledger.end(session);
        }
    }

    /** Ends sessions whose life was over while no access token of theirs was alive; returns how many at most. */
    public int endForgotten(Instant now, int limit) {
        return batches.endForgotten(now, limit);
    }
}
