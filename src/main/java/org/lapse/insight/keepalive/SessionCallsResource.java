package org.lapse.insight.keepalive;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.rules.excludedapi.ExcludedApis;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.EffectivePolicy;
import org.lapse.sessions.session.SessionPrincipal;

/** {@code /api/v2/sessions/{sessionId}/calls}: the calls that reset the timer of a live session. */
@Singleton
@Path("v2/sessions/{sessionId}/calls")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class SessionCallsResource {
    @Inject
    private Admission admission;

    @Inject
    private KeepAlive keepAlive;

    /** What the node that answers has seen of the session since its start, for as long as the session lives. */
    @GET
    @RequiresPermission(Permission.DIRECTORY_USER_VIEW)
    @Operation(summary = "The calls that reset the timer of a live session, and since when it lives by machines alone")
    public SessionCalls get(@PathParam("sessionId") UUID sessionId, @Context SecurityContext security) {
        UUID organizationId = Caller.of(security).organizationId();
        LiveSession<SessionPrincipal> session = admission
                .find(sessionId)
                .filter(live -> live.principal().organizationId().equals(organizationId))
                .orElseThrow(ApiException::notFound);
        return keepAlive
                .seen(session)
                .map(seen -> SessionCalls.of(session, seen))
                .orElse(new SessionCalls(false, null, null, List.of()));
    }

    /**
     * The calls of a session on the wire.
     *
     * @param watched whether the node that answers watches it
     * @param datePerson when a person used it last, as far as that can be told
     * @param dateLapsedWithout when it would have lapsed without the calls that come by themselves; left out where it
     *     lives without them
     * @param entities its latest calls, 8 at most, without heartbeats
     */
    public record SessionCalls(
            boolean watched,
            @Nullable Instant datePerson,
            @Nullable Instant dateLapsedWithout,
            List<SessionCall> entities) {
        static SessionCalls of(LiveSession<SessionPrincipal> session, KeepAlive.Seen seen) {
            EffectivePolicy policy = EffectivePolicy.of(session);
            Instant counted = session.heldUntil()
                    .filter(until -> until.isAfter(seen.personAt()))
                    .orElse(seen.personAt());
            Optional<Instant> without = policy.decision()
                    .timeout()
                    .map(InactivityTimeout::duration)
                    .map(counted::plus)
                    .filter(lapsed -> !lapsed.isAfter(session.lastActivity()));
            return new SessionCalls(
                    true,
                    seen.personAt(),
                    without.orElse(null),
                    seen.calls().stream()
                            .sorted(Comparator.comparingLong(KeepAlive.SeenCall::resets)
                                    .reversed())
                            .map(call -> SessionCall.of(call, policy.exclusions()))
                            .toList());
        }
    }

    /**
     * A call of a session on the wire.
     *
     * @param call as it is named wherever a last activity is
     * @param resets how often it reset the timer
     * @param dateLast when it did so last
     * @param intervalSeconds after how many seconds it comes over and over; left out where it does not
     * @param exclusion the pattern that excludes it; left out where there is none
     * @param excluded whether it is excluded now
     */
    public record SessionCall(
            String call,
            long resets,
            Instant dateLast,
            @Nullable Double intervalSeconds,
            @Nullable String exclusion,
            boolean excluded) {
        static SessionCall of(KeepAlive.SeenCall seen, ExcludedApis exclusions) {
            Exclusion exclusion = Exclusion.of(seen.call(), exclusions);
            return new SessionCall(
                    seen.call(),
                    seen.resets(),
                    seen.last(),
                    Exclusion.seconds(seen.interval().orElse(null)),
                    exclusion.exclusion().orElse(null),
                    exclusion.excluded());
        }
    }
}
