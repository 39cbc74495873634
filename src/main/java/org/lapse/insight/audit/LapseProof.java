package org.lapse.insight.audit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.sessions.session.SessionEvent.Lapse;

/**
 * What an auditor needs to see that a session ended or locked when it had to.
 *
 * @param lastActivity when it was used last
 * @param deadline when its time was over
 * @param rule which rule had decided how long it may go unused; left out where its absolute life was over
 * @param timeoutSeconds how long that was
 * @param reason why that rule
 */
record LapseProof(
        Instant lastActivity,
        Instant deadline,
        @Nullable String rule,
        @Nullable Long timeoutSeconds,
        @Nullable String reason) {

    /** Of a session whose absolute life was over. */
    static LapseProof of(Lapse lapse) {
        return new LapseProof(lapse.lastActivity(), lapse.deadline(), null, null, null);
    }

    /** Of a session that went unused for too long. */
    static LapseProof of(Lapse lapse, TimeoutDecision decision) {
        return new LapseProof(
                lapse.lastActivity(),
                lapse.deadline(),
                decision.rule().wireName(),
                decision.timeout()
                        .map(InactivityTimeout::duration)
                        .map(Duration::toSeconds)
                        .orElse(null),
                decision.reason());
    }
}
