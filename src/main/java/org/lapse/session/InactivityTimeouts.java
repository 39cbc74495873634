package org.lapse.session;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.lapse.application.RulesInForce;
import org.lapse.clock.WallClock;
import org.lapse.ledger.SessionLedger;
import org.lapse.settings.ExclusionsInForce;
import org.lapse.settings.PoliciesInForce;
import org.lapse.settings.RestrictionsInForce;
import org.lapse.timeout.TimeoutDecision;
import org.lapse.timeout.TimeoutRulesChanged;

/**
 * The decision that governs each live session. Sessions that are governed alike share one {@link EffectivePolicy}; when
 * an administrator changes a rule, the decisions of that organization are made anew and hold for live sessions at once.
 */
@Singleton
public class InactivityTimeouts {
    private final PoliciesInForce policies;
    private final RulesInForce rules;
    private final ExclusionsInForce exclusions;
    private final RestrictionsInForce restrictions;
    private final SessionLedger<Grant> ledger;
    private final WallClock clock;
    private final Map<PolicyKey, EffectivePolicy> inForce = new ConcurrentHashMap<>();

    @Inject
    InactivityTimeouts(
            PoliciesInForce policies,
            RulesInForce rules,
            ExclusionsInForce exclusions,
            RestrictionsInForce restrictions,
            SessionLedger<Grant> ledger,
            WallClock clock) {
        this.policies = policies;
        this.rules = rules;
        this.exclusions = exclusions;
        this.restrictions = restrictions;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * How long sessions of that application may go unused, and why.
     *
     * @param userGroups the ids of the groups that the user is a member of; none for an application on its own
     */
    public TimeoutDecision decisionFor(UUID organizationId, String applicationId, Set<UUID> userGroups) {
        return effectivePolicy(organizationId, applicationId, userGroups).decision();
    }

    /** How long a user's sessions may go unused apart from what any application sets, and why. */
    public TimeoutDecision decisionFor(UUID organizationId, Set<UUID> userGroups) {
        return policies.of(organizationId).decide(userGroups, Optional.empty());
    }

    /** How long that session may go unused, and why. */
    public TimeoutDecision decisionFor(Grant grant) {
        return effectivePolicy(grant).decision();
    }

    /** What governs the sessions of that holder. */
    EffectivePolicy effectivePolicy(Grant grant) {
        return effectivePolicy(
                grant.organizationId(),
                grant.applicationId(),
                grant.entitlements().groups());
    }

    private EffectivePolicy effectivePolicy(UUID organizationId, String applicationId, Set<UUID> userGroups) {
        Set<UUID> bundled = policies.of(organizationId).groupBundles().groups();
        Set<UUID> groups = userGroups.stream().filter(bundled::contains).collect(Collectors.toUnmodifiableSet());
        return inForce.computeIfAbsent(
                new PolicyKey(organizationId, applicationId, groups),
                key -> new EffectivePolicy(
                        decide(key), exclusions.of(organizationId), restrictions.of(organizationId)));
    }

    private TimeoutDecision decide(PolicyKey key) {
        return policies.of(key.organizationId)
                .decide(key.groups, rules.of(key.applicationId).security().inactivityTimeout());
    }

    synchronized void decideAnew(@Observes TimeoutRulesChanged changed) {
        UUID organization = changed.organizationId();
        inForce.forEach((key, effectivePolicy) -> {
            if (key.organizationId.equals(organization)) {
                TimeoutDecision decision = decide(key);
                if (effectivePolicy.decide(decision)) {
                    ledger.change(effectivePolicy, EffectivePolicy.timeout(decision), clock.now());
                }
            }
        });
        if (changed.otherGroups()) {
            // Which of a user's groups matter has changed: the sessions may share with others than before.
            ledger.governAnew(grant -> grant.organizationId().equals(organization), clock.now());
        }
    }

    /** What makes one session's timeout differ from another's; of the groups those that stand in some bundle. */
    private record PolicyKey(UUID organizationId, String applicationId, Set<UUID> groups) {}
}
