package org.lapse.session;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.lapse.directory.Entitlements;
import org.lapse.ledger.Holders;
import org.lapse.ledger.SharedTimeout;

/**
 * What the ledger asks about the holders of sessions. Entitlements that were changed are remembered while an earlier change
 * of a session of that user may still come, which knows only the ones before.
 */
@Singleton
class LatestHolders implements Holders<Grant> {
    private final SharedParts parts;
    private final Provider<InactivityTimeouts> timeouts;
    private final Map<Object, Given> recent = new ConcurrentHashMap<>();

    @Inject
    LatestHolders(SharedParts parts, Provider<InactivityTimeouts> timeouts) {
        this.parts = parts;
        this.timeouts = timeouts;
    }

    /** Remembers what users, by their ids, or applications on their own, by theirs, are given since the change of that number. */
    void remember(long number, Map<?, Entitlements> byHolder) {
        byHolder.forEach((holder, entitlements) -> recent.merge(
                holder, new Given(number, entitlements), (known, told) -> known.number > told.number ? known : told));
    }

    /** Every change up to that number has come. */
    void settled(long upTo) {
        if (!recent.isEmpty()) {
            recent.values().removeIf(given -> given.number <= upTo);
        }
    }

    @Override
    public Grant latest(Grant grant, long version) {
        Given given = givenTo(grant);
        return parts.share(given == null || given.number <= version ? grant : grant.with(given.entitlements));
    }

    /** The holder of a live session with what was changed lately; the same object where nothing was. */
    Grant renewed(Grant grant) {
        Given given = givenTo(grant);
        return given == null || given.entitlements.equals(grant.entitlements())
                ? grant
                : grant.with(given.entitlements);
    }

    private @Nullable Given givenTo(Grant grant) {
        UUID user = grant.userId();
        return recent.isEmpty() ? null : recent.get(user == null ? grant.applicationId() : user);
    }

    @Override
    public SharedTimeout timeoutOf(Grant grant) {
        return timeouts.get().effectivePolicy(grant);
    }

    private record Given(long number, Entitlements entitlements) {}
}
