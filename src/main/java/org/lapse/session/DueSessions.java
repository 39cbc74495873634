package org.lapse.session;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lapse.application.OnInactivity;
import org.lapse.application.RulesInForce;
import org.lapse.ledger.Due;
import org.lapse.ledger.LiveSession;
import org.lapse.ledger.SessionLedger;
import org.lapse.ledger.Standing;

/** The sessions whose deadline has passed: ends or locks them, a bounded batch in each transaction. */
@Singleton
public class DueSessions {
    /** How many batches run at the same time when there is more than one. */
    private static final int LANES = 4;

    private static final int AT_ONCE = LANES * SessionBatches.SIZE;

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
        List<Due<Grant>> due = ledger.takeDue(now, AT_ONCE);
        boolean settled = false;
        try {
            if (due.size() <= SessionBatches.SIZE) {
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
        return due.size() == AT_ONCE;
    }

    private void settleInParallel(List<Due<Grant>> due, Instant now) {
        CompletableFuture<?>[] lanes = SessionBatches.of(due).stream()
                .map(batch -> CompletableFuture.runAsync(() -> settle(batch, now), executor))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(lanes).join();
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
            reconcile(rest.stream().map(Due::session).toList());
        }
    }

    /** The rows were not as this node thought, because another node was there first: the rows are right. */
    private void reconcile(List<LiveSession<Grant>> sessions) {
        Map<UUID, Session> live = rows
                .live(sessions.stream().map(LiveSession::id).toList())
                .stream()
                .collect(Collectors.toMap(Session::id, Function.identity()));
        for (LiveSession<Grant> session : sessions) {
            Session row = live.get(session.id());
            if (row == null) {
                ledger.end(session);
            } else if (row.state() == SessionState.LOCKED) {
                ledger.lock(session);
            } else {
                ledger.unlock(session, row.lastActivityAt());
                if (row.heldUntil() != null) {
                    ledger.hold(session, row.heldUntil(), row.lastActivityAt());
                }
            }
        }
    }

    /** Ends sessions whose life was over while no access token of theirs was alive; returns how many at most. */
    public int endForgotten(Instant now, int limit) {
        return batches.endForgotten(now, limit);
    }
}
