package org.lapse.insight.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.StrictJson;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.rules.timeout.TimeoutLimit;
import org.lapse.sessions.session.LastActivity;
import org.lapse.sessions.session.SessionEvent.Lapse;

/**
 * What an auditor needs to see of a session that ended or locked: when it was used last, and where a deadline did it,
 * that it had to.
 *
 * @param lastActivity when it was used last
 * @param lastResetBy what that was, such as {@code POST api/v2/tokens/me/activity}; left out where nobody knows
 * @param deadline when its time was over; left out where no deadline did it
 * @param rule which rule had decided how long it may go unused; left out where inactivity did not do it
 * @param timeoutSeconds how long that was
 * @param bundlePriority the priority of the group bundle that decided, where it is one
 * @param bundleName what administrators call that bundle, where it has a name
 * @param option the application's option that decided, where it is one
 * @param reason why that rule
 */
public record SessionProof(
        Instant lastActivity,
        @Nullable String lastResetBy,
        @Nullable Instant deadline,
        @Nullable String rule,
        @Nullable Long timeoutSeconds,
        @Nullable Integer bundlePriority,
        @Nullable String bundleName,
        @Nullable String option,
        @Nullable String reason) {

    /** Of a session that somebody ended or locked. */
    static SessionProof of(LastActivity last) {
        return new SessionProof(last.at(), last.by(), null, null, null, null, null, null, null);
    }

    /** Of a session whose absolute life was over. */
    static SessionProof of(Lapse lapse, @Nullable LastActivity last) {
        return new SessionProof(lapse.lastActivity(), byOf(last), lapse.deadline(), null, null, null, null, null, null);
    }

    /** Of a session that went unused for too long. */
    static SessionProof of(Lapse lapse, @Nullable LastActivity last, TimeoutDecision decision) {
        return new SessionProof(
                lapse.lastActivity(),
                byOf(last),
                lapse.deadline(),
                decision.rule().wireName(),
                decision.timeout()
                        .map(InactivityTimeout::duration)
                        .map(Duration::toSeconds)
                        .orElse(null),
                decision.limit().flatMap(TimeoutLimit::bundlePriority).orElse(null),
                decision.limit().flatMap(TimeoutLimit::bundleName).orElse(null),
                decision.limit().flatMap(TimeoutLimit::option).orElse(null),
                decision.reason());
    }

    private static @Nullable String byOf(@Nullable LastActivity last) {
        return last == null ? null : last.by();
    }

    /** As a record keeps it. */
    static SessionProof ofJson(String json) {
        try {
            return StrictJson.mapper().readValue(json, SessionProof.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of a session is not as it was written", e);
        }
    }
}
