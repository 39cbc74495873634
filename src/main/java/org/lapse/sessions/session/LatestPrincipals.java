package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.sessions.ledger.SessionPrincipals;
import org.lapse.sessions.ledger.SharedTimeout;

/**
 * What the ledger asks about the principals of sessions. Entitlements that were changed are remembered while an earlier
 * change of a session of that user may still come, which knows only the ones before.
 */
@Singleton
class LatestPrincipals implements SessionPrincipals<SessionPrincipal> {
    private final SharedParts parts;
    private final Provider<InactivityTimeouts> timeouts;
    private final Map<Object, Given> recent = new ConcurrentHashMap<>();

    @Inject
    LatestPrincipals(SharedParts parts, Provider<InactivityTimeouts> timeouts) {
        this.parts = parts;
        this.timeouts = timeouts;
    }

    /**
     * Remembers what users, by their ids, or applications on their own, by theirs, are given since the change of that
     * number.
     */
    void remember(long number, Map<?, Entitlements> byOwner) {
        byOwner.forEach((owner, entitlements) -> recent.merge(
                owner, new Given(number, entitlements), (known, told) -> known.number > told.number ? known : told));
    }

    /** Every change up to that number has come. */
    void settled(long upTo) {
        if (!recent.isEmpty()) {
            recent.values().removeIf(given -> given.number <= upTo);
        }
    }

    @Override
    public SessionPrincipal latest(SessionPrincipal principal, long version) {
        Given given = givenTo(principal);
        return parts.share(given == null || given.number <= version ? principal : principal.with(given.entitlements));
    }

    /** The principal of a live session with what was changed lately; the same object where nothing was. */
    SessionPrincipal renewed(SessionPrincipal principal) {
        Given given = givenTo(principal);
        return given == null || given.entitlements.equals(principal.entitlements())
                ? principal
                : principal.with(given.entitlements);
    }

    private @Nullable Given givenTo(SessionPrincipal principal) {
        UUID user = principal.userId();
        return recent.isEmpty() ? null : recent.get(user == null ? principal.applicationId() : user);
    }

    @Override
    public SharedTimeout timeoutOf(SessionPrincipal principal) {
        return timeouts.get().effectivePolicy(principal);
    }

    private record Given(long number, Entitlements entitlements) {}
}
