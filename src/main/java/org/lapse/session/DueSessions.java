package org.lapse.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lapse.application.OnInactivity;
import org.lapse.application.RulesInForce;
import org.lapse.ledger.Due;
import org.lapse.ledger.LiveSession;
import org.lapse.ledger.SessionLedger;
import org.lapse.ledger.Standing;

/** The sessions whose deadline has passed: ends or locks them, a bounded batch in each transaction. */
@Singleton
public class DueSessions {
    private final SessionRows rows;
    private final SessionLedger<Grant> ledger;
    private final RulesInForce rules;

    @Inject
    DueSessions(SessionRows rows, SessionLedger<Grant> ledger, RulesInForce rules) {
        this.rows = rows;
        this.ledger = ledger;
        this.rules = rules;
    }

    /**
     * Ends or locks what is due, at most {@code limit} sessions. Where the database refuses, the sessions stay without
     * access and are offered again.
     *
     * @return how many sessions were due; as many as the limit means that there may be more
     */
    public int settle(Instant now, int limit) {
        List<Due<Grant>> due = ledger.takeDue(now, limit);
        boolean settled = false;
        try {
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
            // Expired tokens leave the ledger in any case: a session that can be refreshed comes back with a new one.
            rows.endExpired(expired, now);
            expired.forEach(one -> ledger.end(one.session()));
            follow(toEnd, rows.endInactive(toEnd, now), ledger::end);
            follow(toLock, rows.lockInactive(toLock, now), ledger::lock);
            settled = true;
        } finally {
            if (!settled) {
                due.forEach(one -> ledger.offerAgain(one.session()));
            }
        }
        return due.size();
    }

    /** Whether inactivity locks that holder's session: nobody could unlock that of an application on its own. */
    boolean locks(Grant grant) {
        return grant.userId() != null
                && rules.of(grant.applicationId()).security().onInactivity() == OnInactivity.LOCK;
    }

    private void follow(List<Due<Grant>> due, boolean[] changed, LedgerChange change) {
        for (int i = 0; i < changed.length; i++) {
            LiveSession<Grant> session = due.get(i).session();
            if (changed[i]) {
                change.apply(session);
            } else {
                reconcile(session);
            }
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
        return rows.endForgotten(now, limit);
    }

    /** What the ledger does with a session once the database has done it. */
    private interface LedgerChange {
        boolean apply(LiveSession<Grant> session);
    }
}
