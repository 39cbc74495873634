package org.lapse.sessions.session;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lapse.organizations.application.ApplicationChanged;
import org.lapse.organizations.application.ApplicationRules;
import org.lapse.organizations.application.RulesInForce;
import org.lapse.organizations.settings.ExclusionsInForce;
import org.lapse.organizations.settings.OrganizationSettingsChanged;
import org.lapse.organizations.settings.PoliciesInForce;
import org.lapse.organizations.settings.RestrictionsInForce;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.rules.timeout.TimeoutPolicy;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.nodes.ThisNode;
import org.lapse.sessions.session.EffectivePolicy.Decided;

/**
 * The decision that governs each live session. Sessions that are governed alike share one {@link EffectivePolicy}; when
 * an administrator changes a rule, the decisions that follow from it are made anew and hold for live sessions at once.
 *
 * <p>Nothing here holds a lock while it reads a rule, which may ask the database. So a rule may change between reading
 * and deciding. Anybody who changes one replaces it in memory first and then looks at every shared policy. Anybody who
 * makes a policy shares it first and then looks whether the rules in memory still are the ones it was decided from. So
 * at least one of the two sees the other.
 */
@Singleton
public class InactivityTimeouts {
    private final PoliciesInForce policies;
    private final RulesInForce rules;
    private final ExclusionsInForce exclusions;
    private final RestrictionsInForce restrictions;
    private final SessionLedger<SessionPrincipal> ledger;
    private final ThisNode node;
    private final WallClock clock;
    private final Map<PolicyKey, EffectivePolicy> inForce = new ConcurrentHashMap<>();

    /** For each organization the groups that stood in bundles when its live sessions were last looked at for that. */
    private final Map<UUID, Set<UUID>> bundledGroups = new ConcurrentHashMap<>();

    @Inject
    InactivityTimeouts(
            PoliciesInForce policies,
            RulesInForce rules,
            ExclusionsInForce exclusions,
            RestrictionsInForce restrictions,
            SessionLedger<SessionPrincipal> ledger,
            ThisNode node,
            WallClock clock) {
        this.policies = policies;
        this.rules = rules;
        this.exclusions = exclusions;
        this.restrictions = restrictions;
        this.ledger = ledger;
        this.node = node;
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
    public TimeoutDecision decisionFor(SessionPrincipal principal) {
        return effectivePolicy(principal).decision();
    }

    /** What governs the sessions of that principal. */
    EffectivePolicy effectivePolicy(SessionPrincipal principal) {
        return effectivePolicy(
                principal.organizationId(),
                principal.applicationId(),
                principal.entitlements().groups());
    }

    private EffectivePolicy effectivePolicy(UUID organizationId, String applicationId, Set<UUID> userGroups) {
        Versioned<TimeoutPolicy> policy = policies.versioned(organizationId);
        Versioned<ApplicationRules> ofApplication = rules.versioned(applicationId);
        Set<UUID> bundled = policy.value().groupBundles().groups();
        Set<UUID> groups = userGroups.stream().filter(bundled::contains).collect(Collectors.toUnmodifiableSet());
        PolicyKey key = new PolicyKey(organizationId, applicationId, groups);
        EffectivePolicy shared = inForce.get(key);
        if (shared == null) {
            EffectivePolicy made = new EffectivePolicy(
                    Decided.of(policy, ofApplication, groups),
                    exclusions.of(organizationId),
                    restrictions.of(organizationId));
            EffectivePolicy others = inForce.putIfAbsent(key, made);
            shared = others == null ? made : others;
        }
        keepUp(key, shared);
        return shared;
    }

    /**
     * Decides a shared policy anew until it follows from the rules in memory. Asks no database, so it may be called
     * after a commit; what holds is unknown only after a rollback, and then who asks next for the policy reads it.
     */
    private void keepUp(PolicyKey key, EffectivePolicy shared) {
        while (!followsFromWhatHolds(shared.decided(), key)) {
            synchronized (shared) { // of two who decide, the second has the later rules
                Optional<Decided> decided = decideFromMemory(key);
                if (decided.isPresent() && shared.decide(decided.get())) {
                    Instant now = clock.now();
                    ledger.change(shared, decided.get().timeout(), node.knewRulesUntil(now), now);
                }
            }
        }
    }

    private Optional<Decided> decideFromMemory(PolicyKey key) {
        return policies.known(key.organizationId).flatMap(policy -> rules.known(key.applicationId)
                .map(ofApplication -> Decided.of(policy, ofApplication, key.groups)));
    }

    /** Also true where nobody knows what holds. */
    private boolean followsFromWhatHolds(Decided decided, PolicyKey key) {
        Optional<Versioned<TimeoutPolicy>> policy = policies.known(key.organizationId);
        Optional<Versioned<ApplicationRules>> ofApplication = rules.known(key.applicationId);
        return policy.isEmpty() || ofApplication.isEmpty() || decided.followsFrom(policy.get(), ofApplication.get());
    }

    void decideAnew(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        rules.follow(changed);
        decideAnew(key -> key.applicationId.equals(changed.applicationId()));
    }

    void decideAnew(@Observes(during = TransactionPhase.AFTER_SUCCESS) OrganizationSettingsChanged changed) {
        UUID organizationId = changed.organizationId();
        policies.follow(changed);
        decideAnew(key -> key.organizationId.equals(organizationId));
        if (areOtherGroupsBundled(organizationId)) {
            // Which of a user's groups matter has changed: the sessions may share with others than before.
            Instant now = clock.now();
            ledger.governAnew(
                    principal -> principal.organizationId().equals(organizationId), node.knewRulesUntil(now), now);
        }
    }

    private void decideAnew(Predicate<PolicyKey> concerned) {
        inForce.forEach((key, shared) -> {
            if (concerned.test(key)) {
                keepUp(key, shared);
            }
        });
    }

    /** Of two who come at the same time the second looks at the newer policy: none puts back what was. */
    private synchronized boolean areOtherGroupsBundled(UUID organizationId) {
        return policies.known(organizationId)
                .map(policy -> policy.value().groupBundles().groups())
                .filter(bundled -> !bundled.equals(bundledGroups.put(organizationId, bundled)))
                .isPresent();
    }

    /** What makes one session's timeout differ from another's; of the groups those that stand in some bundle. */
    private record PolicyKey(UUID organizationId, String applicationId, Set<UUID> groups) {}
}
