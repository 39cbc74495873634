package org.lapse.session;

import java.time.Duration;
import java.util.Optional;
import org.lapse.changes.InForce;
import org.lapse.excludedapi.ExcludedApis;
import org.lapse.ledger.LiveSession;
import org.lapse.ledger.SharedTimeout;
import org.lapse.settings.Restrictions;
import org.lapse.timeout.InactivityTimeout;
import org.lapse.timeout.TimeoutDecision;

/**
 * What administrators say about sessions that are alike: how long they may go unused, which of their calls do not count,
 * and from where they may be used. These sessions share it, so that a change holds for each of them at once, and what is
 * to be known about a call is one step from its session.
 */
public final class Governance extends SharedTimeout {
    private final InForce<ExcludedApis> exclusions;
    private final InForce<Restrictions> restrictions;
    private volatile TimeoutDecision decision;

    Governance(TimeoutDecision decision, InForce<ExcludedApis> exclusions, InForce<Restrictions> restrictions) {
        super(timeout(decision));
        this.decision = decision;
        this.exclusions = exclusions;
        this.restrictions = restrictions;
    }

    /** What governs a session at this moment. */
    public static Governance of(LiveSession<Grant> session) {
        return (Governance) session.timeout(); // it was opened with one: see InactivityTimeouts
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
        return decision;
    }

    /** Remembers another decision; answers whether its timeout is another. */
    boolean decide(TimeoutDecision other) {
        boolean changes = !other.timeout().equals(decision.timeout());
        decision = other;
        return changes;
    }

    static Optional<Duration> timeout(TimeoutDecision decision) {
        return decision.timeout().map(InactivityTimeout::duration);
    }
}
