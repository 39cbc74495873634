package org.lapse.sessions.session;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lapse.organizations.application.ApplicationRules;
import org.lapse.organizations.settings.Restrictions;
import org.lapse.platform.cache.Current;
import org.lapse.platform.cache.Versioned;
import org.lapse.rules.excludedapi.ExcludedApis;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.rules.timeout.TimeoutPolicy;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SharedTimeout;

/**
 * What administrators say about sessions that are alike: how long they may go unused, which of their calls do not
 * count, and from where they may be used. These sessions share it, so that a change holds for each of them at once, and
 * what is to be known about a call is one step from its session.
 */
public final class EffectivePolicy extends SharedTimeout {
    private final Current<ExcludedApis> exclusions;
    private final Current<Restrictions> restrictions;
    private volatile Decided decided;

    EffectivePolicy(Decided decided, Current<ExcludedApis> exclusions, Current<Restrictions> restrictions) {
        super(decided.timeout());
        this.decided = decided;
        this.exclusions = exclusions;
        this.restrictions = restrictions;
    }

    /** What governs a session at this moment. */
    public static EffectivePolicy of(LiveSession<SessionPrincipal> session) {
        return (EffectivePolicy) session.timeout(); // it was opened with one: see InactivityTimeouts
    }

    /** The calls that do not reset the timer. */
    public ExcludedApis exclusions() {
        return exclusions.get();
    }

    /** From where the tokens may be used. */
    public Restrictions restrictions() {
        return restrictions.get();
    }

    /** How long the sessions may go unused, and why. */
    public TimeoutDecision decision() {
        return decided.decision;
    }

    /** What was decided, and from what. */
    Decided decided() {
        return decided;
    }

    /** Takes over another decision; answers whether its timeout is another. */
    boolean decide(Decided other) {
        boolean changes = !other.timeout().equals(decided.timeout());
        decided = other;
        return changes;
    }

    /**
     * A decision and what it follows from.
     *
     * @param policyVersion the number of the change since which the organization's policy is as it is
     * @param rulesVersion the number of the change since which the application's rules are as they are
     * @param decision what follows for sessions of users in the same groups
     */
    record Decided(long policyVersion, long rulesVersion, TimeoutDecision decision) {
        static Decided of(Versioned<TimeoutPolicy> policy, Versioned<ApplicationRules> rules, Set<UUID> groups) {
            return new Decided(
                    policy.version(),
                    rules.version(),
                    policy.value().decide(groups, rules.value().security().inactivityTimeout()));
        }

        boolean followsFrom(Versioned<TimeoutPolicy> policy, Versioned<ApplicationRules> rules) {
            return policyVersion == policy.version() && rulesVersion == rules.version();
        }

        Optional<Duration> timeout() {
            return decision.timeout().map(InactivityTimeout::duration);
        }
    }
}
