package org.lapse.access.activity;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.OnInactivity;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.DatabaseAdmission;
import org.lapse.platform.api.FromMemory;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.rules.timeout.TimeoutLimit;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.openwork.Holds;
import org.lapse.sessions.session.ActivityOutcome;
import org.lapse.sessions.session.ActivityRecorder;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.DeadlineEnforcement;
import org.lapse.sessions.session.InactivityTimeouts;
import org.lapse.sessions.session.OverruledBody;
import org.lapse.sessions.session.SessionPrincipal;

/** {@code /api/v2/tokens/me/activity}: the heartbeat, which stands for what a person does at the screen. */
@Singleton
@Path("v2/tokens/me/activity")
@Produces(MediaType.APPLICATION_JSON)
public class ActivityResource {
    @Inject
    private CurrentSession current;

    @Inject
    private ActivityRecorder uses;

    @Inject
    private InactivityTimeouts timeouts;

    @Inject
    private DeadlineEnforcement deadlines;

    @Inject
    private Holds holds;

    @Inject
    private DatabaseAdmission database;

    @Inject
    private WallClock clock;

    @Inject
    @ConfigProperty(name = "lapse.warning", defaultValue = "PT1M")
    private Duration warning;

    /**
     * Records what was seen at the screen and says how much time is left, and why. With {@code X-Background-Request:
     * 1}, or if nothing was seen, it only says. A progress indicator is no activity, but holds the session for a while.
     */
    @POST
    @FromMemory
    @Operation(summary = "Heartbeat: records activity and answers how much time is left, and which rule decided")
    public TimeLeft heartbeat(
            @Nullable Heartbeat heartbeat, @Context SecurityContext security, @Context HttpServletRequest request) {
        LiveSession<SessionPrincipal> session = current.get();
        Heartbeat seen = heartbeat == null ? Heartbeat.ACTIVITY_NOW : heartbeat;
        Set<ScreenActivity> kinds = seen.kinds();
        Duration age = seen.age();
        if (current.countsAsActivity()) {
            boolean somebodyIsThere = kinds.stream().anyMatch(kind -> kind != ScreenActivity.PROGRESS);
            (somebodyIsThere && isRecorded(session, age) ? ActivityOutcome.RECORDED : ActivityOutcome.IGNORED).count();
            if (kinds.contains(ScreenActivity.PROGRESS)) {
                database.enter(request);
                holds.showProgress(Caller.of(security), session.id(), somebodyIsThere);
            }
        }
        return TimeLeft.of(
                session,
                timeouts.decisionFor(session.principal()),
                deadlines.atTheDeadline(session),
                warning,
                clock.now());
    }

    /** The deadline first, by the time that it is now; then the activity, by the time that it was. */
    private boolean isRecorded(LiveSession<SessionPrincipal> session, Duration age) {
        Instant now = clock.now();
        return session.status(now) == SessionStatus.ACTIVE && uses.reset(session, current.call(), now.minus(age));
    }

    /**
     * How long the token stays good if nothing happens.
     *
     * @param secondsLeft until the deadline, in seconds with fractions
     * @param deadline the moment at which the token ends or the session locks
     * @param onInactivity what happens then: {@code revoke} or {@code lock}
     * @param timeoutSeconds the inactivity timeout; left out where there is none and only the absolute end counts
     * @param warningSeconds how long before the deadline the user is to be warned: {@code lapse.warning}, at most half
     *     of the timeout
     * @param rule which rule decided: {@code group}, {@code organization}, {@code application}, {@code hipaa} or
     *     {@code none}
     * @param bundlePriority the priority of the group bundle that decided, where it is one
     * @param bundleName what administrators call that bundle, where it has a name
     * @param option the application's option that decided, such as {@code [security] inactivity-timeout}, where it is
     *     one
     * @param reason why, in one sentence for an administrator
     * @param overruled the rules that it beat
     * @param heldUntil when the open work is over that keeps the session; left out where there is none
     */
    public record TimeLeft(
            double secondsLeft,
            Instant deadline,
            String onInactivity,
            @Nullable Long timeoutSeconds,
            long warningSeconds,
            String rule,
            @Nullable Integer bundlePriority,
            @Nullable String bundleName,
            @Nullable String option,
            String reason,
            List<OverruledBody> overruled,
            @Nullable Instant heldUntil) {
        static TimeLeft of(
                LiveSession<SessionPrincipal> session,
                TimeoutDecision decision,
                OnInactivity onInactivity,
                Duration warning,
                Instant now) {
            Instant deadline = session.deadline();
            Optional<Duration> timeout = decision.timeout().map(InactivityTimeout::duration);
            Duration half = timeout.map(whole -> whole.dividedBy(2)).orElse(warning);
            return new TimeLeft(
                    Math.max(0, Duration.between(now, deadline).toMillis()) / 1000.0,
                    deadline,
                    onInactivity.optionValue(),
                    timeout.map(Duration::toSeconds).orElse(null),
                    (warning.compareTo(half) < 0 ? warning : half).toSeconds(),
                    decision.rule().wireName(),
                    decision.limit().flatMap(TimeoutLimit::bundlePriority).orElse(null),
                    decision.limit().flatMap(TimeoutLimit::bundleName).orElse(null),
                    decision.limit().flatMap(TimeoutLimit::option).orElse(null),
                    decision.reason(),
                    OverruledBody.of(decision),
                    session.heldUntil().filter(now::isBefore).orElse(null));
        }
    }
}
