package org.lapse.session;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.lapse.application.RulesInForce;
import org.lapse.clock.WallClock;
import org.lapse.ledger.LiveSession;
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

    /**
     * How long sessions of that application may go unused, and why.
     *
     * @param userGroups the ids of the groups that the user is a member of; none for an application on its own
     */
    public TimeoutDecision decisionFor(UUID organizationId, String applicationId, Set<UUID> userGroups) {
        return governed(organizationId, applicationId, userGroups).decision;
    }

    /** How long a user's sessions may go unused apart from what any application sets, and why. */
    public TimeoutDecision decisionFor(UUID organizationId, Set<UUID> userGroups) {
        return policies.of(organizationId).decide(userGroups, Optional.empty());
    }

    /** How long that session may go unused, and why. */
    public TimeoutDecision decisionFor(Grant grant) {
        return governed(grant).decision;
    }

    SharedTimeout sharedBy(Grant grant) {
        return governed(grant).shared;
    }

    /** Has the timeout that is now right for its holder govern a session, if another one does. */
    void govern(LiveSession<Grant> session) {
        SharedTimeout right = sharedBy(session.holder());
        if (session.timeout() != right) {
            ledger.govern(session, right, clock.now());
        }
    }

    private Governed governed(Grant grant) {
        return governed(
                grant.organizationId(),
                grant.applicationId(),
                grant.entitlements().groups());
    }

    private Governed governed(UUID organizationId, String applicationId, Set<UUID> userGroups) {
        Set<UUID> bundled = policies.of(organizationId).groupBundles().groups();
        Set<UUID> groups = userGroups.stream().filter(bundled::contains).collect(Collectors.toUnmodifiableSet());
        return inForce.computeIfAbsent(
                new Circumstances(organizationId, applicationId, groups),
                circumstances -> new Governed(decide(circumstances)));
    }

    private TimeoutDecision decide(Circumstances circumstances) {
        return policies.of(circumstances.organizationId)
                .decide(
                        circumstances.groups,
                        rules.of(circumstances.applicationId).security().inactivityTimeout());
    }

    synchronized void decideAnew(@Observes TimeoutRulesChanged changed) {
        UUID organization = changed.organizationId();
        inForce.forEach((circumstances, governed) -> {
            if (circumstances.organizationId.equals(organization)) {
                TimeoutDecision before = governed.decision;
                governed.decision = decide(circumstances);
                if (!governed.decision.timeout().equals(before.timeout())) {
                    ledger.change(governed.shared, durationOf(governed.decision), clock.now());
                }
            }
        });
        if (changed.otherGroups()) {
            // Which of a user's groups matter has changed: the sessions may share with others than before.
            ledger.forEach(session -> {
                if (session.holder().organizationId().equals(organization)) {
                    govern(session);
                }
            });
        }
    }

    private static Optional<Duration> durationOf(TimeoutDecision decision) {
        return decision.timeout().map(InactivityTimeout::duration);
    }

    /** What makes one session's timeout differ from another's; of the groups those that stand in some bundle. */
    private record Circumstances(UUID organizationId, String applicationId, Set<UUID> groups) {}

    private static final class Governed {
        private final SharedTimeout shared;
        private volatile TimeoutDecision decision;

        Governed(TimeoutDecision decision) {
            this.decision = decision;
            this.shared = SharedTimeout.of(durationOf(decision));
        }
    }
}
