package org.lapse.insight.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.OnInactivity;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.rules.timeout.TimeoutLimit;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.EffectivePolicy;
import org.lapse.sessions.session.LastActivity;
import org.lapse.sessions.session.OverruledBody;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * Where a session stands at the end of its timeline, on the wire.
 *
 * @param sessionId the session
 * @param application its application
 * @param state {@code active}, {@code locked} or {@code ended}
 * @param lockReason why it is locked: {@code inactivity} or {@code forced}
 * @param dateOpened since when it is there
 * @param dateEnded when it ended
 * @param address from where its user signed in last
 * @param browser in which browser, roughly
 * @param dateLastActivity when it was used last
 * @param lastResetBy what that was: a call, {@code sign-in}, {@code re-login} or {@code other}
 * @param deadline when it ends or locks unless it is used; left out where it has ended
 * @param onInactivity what happens then: {@code revoke} or {@code lock}
 * @param timeoutSeconds how long it may go unused; left out where only its absolute life ends it
 * @param rule which rule decided that
 * @param bundlePriority the priority of the group bundle that decided, where it is one
 * @param bundleName what administrators call that bundle, where it has a name
 * @param option the application's option that decided, where it is one
 * @param reason why, in one sentence for an administrator
 * @param overruled the rules that it beat
 */
public record LiveStatus(
        UUID sessionId,
        TimelineEntry.Named application,
        String state,
        @Nullable String lockReason,
        Instant dateOpened,
        @Nullable Instant dateEnded,
        @Nullable String address,
        @Nullable String browser,
        Instant dateLastActivity,
        @Nullable String lastResetBy,
        @Nullable Instant deadline,
        @Nullable String onInactivity,
        @Nullable Long timeoutSeconds,
        @Nullable String rule,
        @Nullable Integer bundlePriority,
        @Nullable String bundleName,
        @Nullable String option,
        @Nullable String reason,
        @Nullable List<OverruledBody> overruled) {

    /** A session that this node's ledger does not know, because it has ended or has no token that is alive. */
    static LiveStatus of(
            Session session,
            TimelineEntry.Named application,
            @Nullable String address,
            @Nullable String browser,
            LastActivity last) {
        return new LiveStatus(
                session.id(),
                application,
                session.state().name().toLowerCase(Locale.ROOT),
                lockReason(session),
                session.openedAt(),
                session.endedAt(),
                address,
                browser,
                last.at(),
                last.by(),
                session.endedAt() == null ? session.expiresAt() : null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A session that is live, with what governs it. */
    LiveStatus governed(LiveSession<SessionPrincipal> live, OnInactivity onInactivity) {
        TimeoutDecision decision = EffectivePolicy.of(live).decision();
        return new LiveStatus(
                sessionId,
                application,
                state,
                lockReason,
                dateOpened,
                dateEnded,
                address,
                browser,
                dateLastActivity,
                lastResetBy,
                live.deadline(),
                onInactivity.optionValue(),
                decision.timeout()
                        .map(InactivityTimeout::duration)
                        .map(Duration::toSeconds)
                        .orElse(null),
                decision.rule().wireName(),
                decision.limit().flatMap(TimeoutLimit::bundlePriority).orElse(null),
                decision.limit().flatMap(TimeoutLimit::bundleName).orElse(null),
                decision.limit().flatMap(TimeoutLimit::option).orElse(null),
                decision.reason(),
                OverruledBody.of(decision));
    }

    private static @Nullable String lockReason(Session session) {
        return session.lockReason().map(reason -> reason.wireName()).orElse(null);
    }
}
