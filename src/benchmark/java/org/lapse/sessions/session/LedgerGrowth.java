package org.lapse.sessions.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.CommittedState;

/** A ledger that is filled as the server fills it, to see how it grows. */
public final class LedgerGrowth {
    private final EffectivePolicy effectivePolicy = LedgerBenchmark.effectivePolicy();
    private final SessionLedger<SessionPrincipal> ledger =
            new SessionLedger<>(Instant.now(), LedgerBenchmark.governedBy(effectivePolicy));
    private final SharedParts parts = new SharedParts();
    private final UUID organization = UUID.randomUUID();

    /** Opens so many sessions, each of another user. */
    public void open(int count, Instant now) {
        for (int i = 0; i < count; i++) {
            CommittedState<SessionPrincipal> opened = LedgerBenchmark.opened(
                    UUID.randomUUID(),
                    LedgerBenchmark.key(i),
                    parts.share(new SessionPrincipal(
                            organization,
                            "demo-desk",
                            UUID.randomUUID(),
                            "user%08d@example".formatted(i),
                            Entitlements.NONE,
                            "openid")),
                    now.plusMillis(i % 60_000),
                    now.plus(Duration.ofDays(1)));
            ledger.apply(opened, now);
        }
    }

    /** Looks for what is due; answers how much that was. */
    public int sweep(Instant now) {
        return ledger.takePassed(now, Integer.MAX_VALUE).size();
    }

    /** Changes the timeout of all. */
    public void change(Duration timeout, Instant now) {
        ledger.change(effectivePolicy, Optional.of(timeout), now);
    }
}
