package org.lapse.sessions.session;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.lapse.organizations.application.OnInactivity;
import org.lapse.organizations.application.RulesInForce;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.PassedDeadline;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.nodes.OtherNodes;
import org.lapse.sessions.nodes.ThisNode;

/** The sessions whose deadline has passed: ends or locks them, a bounded batch in each transaction. */
@Singleton
public class DeadlineEnforcement {
    /** How many batches run at the same time when there is more than one. */
    private static final int LANES = 4;

    private static final int AT_ONCE = LANES * SessionBatches.SIZE;

    private final Lapses lapses;
    private final SessionLedger<SessionPrincipal> ledger;
    private final RulesInForce rules;
    private final ThisNode node;
    private final LaterUses laterUses;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Inject
    DeadlineEnforcement(
            Lapses lapses,
            SessionLedger<SessionPrincipal> ledger,
            RulesInForce rules,
            ThisNode node,
            LaterUses laterUses) {
        this.lapses = lapses;
        this.ledger = ledger;
        this.rules = rules;
        this.node = node;
        this.laterUses = laterUses;
    }

    /**
     * Ends or locks what is due, at most a bounded number of sessions. Where the database refuses, or another node may
     * know of a later use, the sessions stay without access and are offered again.
     *
     * @return whether there may be more that can be ended or locked now
     */
    public boolean settle(Instant now) {
        if (!node.holdsLease()) {
            return false;
        }
        OtherNodes others = node.lastKnown();
        List<PassedDeadline<SessionPrincipal>> taken = ledger.takePassed(now, AT_ONCE);
        List<PassedDeadline<SessionPrincipal>> due =
                taken.stream().filter(one -> isClosed(one, others)).toList();
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
        if (due.size() < taken.size()) {
            Set<PassedDeadline<SessionPrincipal>> wait = new HashSet<>(taken);
            due.forEach(wait::remove);
            wait.forEach(one -> ledger.offerAgain(one.session()));
        }
        return due.size() == AT_ONCE;
    }

    /** What is over whatever anybody uses needs no other node. */
    private static boolean isClosed(PassedDeadline<SessionPrincipal> due, OtherNodes others) {
        return due.status() == SessionStatus.EXPIRED || others.haveClosed(due.deadline());
    }

    /**
     * Ends or locks a session at once if its deadline has passed, for somebody who asks for its row before the timer
     * has come to it.
     */
    public void settle(UUID sessionId, Instant now) {
        ledger.find(sessionId).ifPresent(session -> {
            SessionStatus status = laterUses.statusOf(session, now);
            if (status == SessionStatus.INACTIVE || status == SessionStatus.EXPIRED) {
                settle(List.of(new PassedDeadline<>(session, status, session.lastActivity(), session.deadline())), now);
            }
        });
    }

    private void settleInParallel(List<PassedDeadline<SessionPrincipal>> due, Instant now) {
        CompletableFuture<?>[] lanes = SessionBatches.of(due).stream()
                .map(batch -> CompletableFuture.runAsync(() -> settle(batch, now), executor))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(lanes).join();
    }

    private void settle(List<PassedDeadline<SessionPrincipal>> due, Instant now) {
        List<PassedDeadline<SessionPrincipal>> expired = new ArrayList<>();
        List<PassedDeadline<SessionPrincipal>> toLock = new ArrayList<>();
        List<PassedDeadline<SessionPrincipal>> toEnd = new ArrayList<>();
        for (PassedDeadline<SessionPrincipal> one : due) {
            if (one.status() == SessionStatus.EXPIRED) {
                expired.add(one);
            } else if (onInactivity(one.session().principal()) == OnInactivity.LOCK) {
                toLock.add(one);
            } else {
                toEnd.add(one);
            }
        }
        if (!expired.isEmpty()) {
            lapses.endExpired(expired, now);
            // These leave the ledger in any case: a session that can be refreshed comes back with a new token.
            expired.forEach(one -> ledger.forgetExpired(one.session()));
        }
        if (!toEnd.isEmpty()) {
            followRest(toEnd, lapses.endInactive(toEnd, now), now);
        }
        if (!toLock.isEmpty()) {
            followRest(toLock, lapses.lockInactive(toLock, now), now);
        }
    }

    /** What inactivity does to that principal's session: nobody could unlock that of an application on its own. */
    public OnInactivity onInactivity(SessionPrincipal principal) {
        return principal.userId() == null
                ? OnInactivity.REVOKE
                : rules.of(principal.applicationId()).security().onInactivity();
    }

    /** What happens to a session at its deadline: its absolute end locks nothing. */
    public OnInactivity atTheDeadline(LiveSession<SessionPrincipal> session) {
        return session.deadline().isBefore(session.expiresAt())
                ? onInactivity(session.principal())
                : OnInactivity.REVOKE;
    }

    /** Rows that were not as this node thought, because another one was there first: the rows are right. */
    private void followRest(
            List<PassedDeadline<SessionPrincipal>> due, List<PassedDeadline<SessionPrincipal>> changed, Instant now) {
        if (changed.size() < due.size()) {
            Set<PassedDeadline<SessionPrincipal>> rest = new HashSet<>(due);
            changed.forEach(rest::remove);
            lapses.followRows(rest.stream().map(one -> one.session().id()).toList(), now);
            rest.forEach(one -> ledger.offerAgain(one.session()));
        }
    }

    /** Ends sessions whose life was over while no access token of theirs was alive; returns how many at most. */
    public int endForgotten(Instant now, int limit) {
        return lapses.endForgotten(now, limit);
    }
}
