package org.lapse.insight.oversight;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.RulesInForce;
import org.lapse.organizations.directory.Users;
import org.lapse.organizations.settings.PoliciesInForce;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.rules.timeout.TimeoutPolicy;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.session.SessionPrincipal;

/** What another policy would do to the people of an organization and to their live sessions. */
@Singleton
@Transactional
class TimeoutPreviews {
    private final PoliciesInForce policies;
    private final RulesInForce rules;
    private final Users users;
    private final SessionLedger<SessionPrincipal> ledger;
    private final WallClock clock;

    @Inject
    TimeoutPreviews(
            PoliciesInForce policies,
            RulesInForce rules,
            Users users,
            SessionLedger<SessionPrincipal> ledger,
            WallClock clock) {
        this.policies = policies;
        this.rules = rules;
        this.users = users;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** How many people have each timeout, apart from what applications set, now and after the change. */
    List<People> people(UUID organizationId, TimeoutPolicy after) {
        TimeoutPolicy before = policies.of(organizationId);
        Set<UUID> bundled = Stream.of(before, after)
                .flatMap(policy -> policy.groupBundles().groups().stream())
                .collect(Collectors.toUnmodifiableSet());
        Map<Set<UUID>, Long> byGroups = new HashMap<>(users.activeMembers(bundled).values().stream()
                .collect(Collectors.groupingBy(groups -> groups, Collectors.counting())));
        long inSomeBundle =
                byGroups.values().stream().mapToLong(Long::longValue).sum();
        byGroups.put(Set.of(), users.countActive(organizationId) - inSomeBundle);
        Map<Optional<Duration>, long[]> byTimeout = new HashMap<>();
        byGroups.forEach((groups, total) -> {
            byTimeout.computeIfAbsent(timeout(before, groups), timeout -> new long[2])[0] += total;
            byTimeout.computeIfAbsent(timeout(after, groups), timeout -> new long[2])[1] += total;
        });
        return byTimeout.entrySet().stream()
                .map(one -> new People(
                        one.getKey().map(Duration::toSeconds).orElse(null), one.getValue()[0], one.getValue()[1]))
                .filter(people -> people.before() + people.after() > 0)
                .sorted(Comparator.comparing(
                        People::timeoutSeconds, Comparator.nullsLast(Comparator.<Long>naturalOrder())))
                .toList();
    }

    private static Optional<Duration> timeout(TimeoutPolicy policy, Set<UUID> groups) {
        return policy.decide(groups, Optional.empty()).timeout().map(InactivityTimeout::duration);
    }

    /**
     * How many live sessions would lapse at once, because they have already gone unused for longer than they then may.
     */
    long lapsingAtOnce(UUID organizationId, TimeoutPolicy after) {
        Instant now = clock.now();
        AtomicLong lapsing = new AtomicLong();
        Map<PolicyKey, Optional<Duration>> decided = new HashMap<>();
        Set<UUID> bundled = after.groupBundles().groups();
        ledger.forEach(session -> {
            SessionPrincipal grant = session.principal();
            if (grant.organizationId().equals(organizationId)
                    && LiveState.of(session, now)
                            .filter(LiveState.ACTIVE::equals)
                            .isPresent()
                    && decided.computeIfAbsent(PolicyKey.of(grant, bundled), key -> timeout(after, key))
                            .filter(timeout -> hasBeenUnusedFor(timeout, session, now))
                            .isPresent()) {
                lapsing.incrementAndGet();
            }
        });
        return lapsing.get();
    }

    private Optional<Duration> timeout(TimeoutPolicy policy, PolicyKey key) {
        return decide(policy, key.groups(), key.applicationId()).timeout().map(InactivityTimeout::duration);
    }

    private static boolean hasBeenUnusedFor(Duration timeout, LiveSession<SessionPrincipal> session, Instant now) {
        return !session.lastActivity().plus(timeout).isAfter(now);
    }

    /** What a policy decides for a member of these groups, in an application or apart from any. */
    TimeoutDecision decide(TimeoutPolicy policy, Collection<UUID> groups, @Nullable String applicationId) {
        return policy.decide(
                Set.copyOf(groups),
                applicationId == null
                        ? Optional.empty()
                        : rules.of(applicationId).security().inactivityTimeout());
    }

    /** What makes one session's timeout differ from another's; of the groups those that stand in some bundle. */
    private record PolicyKey(String applicationId, Set<UUID> groups) {
        static PolicyKey of(SessionPrincipal grant, Set<UUID> bundled) {
            return new PolicyKey(
                    grant.applicationId(),
                    grant.entitlements().groups().stream()
                            .filter(bundled::contains)
                            .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /**
     * How many people have a timeout.
     *
     * @param timeoutSeconds the timeout; left out for none
     * @param before how many have it now
     * @param after how many would have it
     */
    public record People(@Nullable Long timeoutSeconds, long before, long after) {}
}
