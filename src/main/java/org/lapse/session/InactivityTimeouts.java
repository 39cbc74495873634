package org.lapse.session;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.lapse.application.RulesInForce;
import org.lapse.clock.WallClock;
import org.lapse.ledger.SessionLedger;
import org.lapse.ledger.SharedTimeout;
import org.lapse.settings.PoliciesInForce;
import org.lapse.timeout.InactivityTimeout;
import org.lapse.timeout.TimeoutDecision;
import org.lapse.timeout.TimeoutRulesChanged;

/**
 * The decision that governs each live session. Sessions that are governed alike share one {@link SharedTimeout}; when
 * an administrator changes a rule, the decisions of that organization are made anew and hold for live sessions at once.
 */
@Singleton
public class InactivityTimeouts {
    private final PoliciesInForce policies;
    private final RulesInForce rules;
    private final SessionLedger<Grant> ledger;
    private final WallClock clock;
    private final Map<Circumstances, Governed> inForce = new ConcurrentHashMap<>();

    @Inject
    InactivityTimeouts(PoliciesInForce policies, RulesInForce rules, SessionLedger<Grant> ledger, WallClock clock) {
        this.policies = policies;
        this.rules = rules;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** How long sessions of that application may go unused, and why. */
    public TimeoutDecision decisionFor(UUID organizationId, String applicationId) {
        return governed(organizationId, applicationId).decision;
    }

    /** How long that session may go unused, and why. */
    public TimeoutDecision decisionFor(Grant grant) {
        return decisionFor(grant.organizationId(), grant.applicationId());
    }

    SharedTimeout sharedBy(Grant grant) {
        return governed(grant.organizationId(), grant.applicationId()).shared;
    }

    private Governed governed(UUID organizationId, String applicationId) {
        return inForce.computeIfAbsent(
                new Circumstances(organizationId, applicationId), circumstances -> new Governed(decide(circumstances)));
    }

    private TimeoutDecision decide(Circumstances circumstances) {
        return policies.of(circumstances.organizationId)
                .decide(rules.of(circumstances.applicationId).security().inactivityTimeout());
    }

    synchronized void decideAnew(@Observes TimeoutRulesChanged changed) {
        inForce.forEach((circumstances, governed) -> {
            if (circumstances.organizationId.equals(changed.organizationId())) {
                TimeoutDecision before = governed.decision;
                governed.decision = decide(circumstances);
                if (!governed.decision.timeout().equals(before.timeout())) {
                    ledger.change(governed.shared, durationOf(governed.decision), clock.now());
                }
            }
        });
    }

    private static Optional<Duration> durationOf(TimeoutDecision decision) {
        return decision.timeout().map(InactivityTimeout::duration);
    }

    /** What makes one session's timeout differ from another's. */
    private record Circumstances(UUID organizationId, String applicationId) {}

    private static final class Governed {
        private final SharedTimeout shared;
        private volatile TimeoutDecision decision;

        Governed(TimeoutDecision decision) {
            this.decision = decision;
            this.shared = SharedTimeout.of(durationOf(decision));
        }
    }
}
