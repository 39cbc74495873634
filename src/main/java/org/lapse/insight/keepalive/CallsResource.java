package org.lapse.insight.keepalive;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.settings.ExclusionsInForce;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.excludedapi.ExcludedApis;

/** {@code /api/v2/activity/calls}: the calls that reset timers, first those by which most sessions live. */
@Singleton
@Path("v2/activity/calls")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class CallsResource {
    private static final Map<String, Duration> STRETCHES =
            Map.of("hour", Duration.ofHours(1), "day", Duration.ofDays(1), "week", Duration.ofDays(7));

    @Inject
    private CallCounts counts;

    @Inject
    private ExclusionsInForce exclusions;

    @Inject
    private WallClock clock;

    /** What all nodes have counted within the last hour, day or week, to the beginning of a quarter of an hour. */
    @GET
    @RequiresPermission(Permission.DIRECTORY_USER_VIEW)
    @Operation(summary = "The calls that reset timers: how often, in which rhythm, and how many sessions live by them")
    public Calls list(
            @Parameter(description = "the last hour, day or week; day where it is left out")
                    @QueryParam("over")
                    @Nullable
                    String over,
            @Parameter(description = "only calls of this application") @QueryParam("applicationId") @Nullable
                    String applicationId,
            @Context SecurityContext security) {
        Duration stretch = STRETCHES.get(over == null ? "day" : over);
        if (stretch == null) {
            throw ApiException.invalidValue("over", "It is hour, day or week.");
        }
        Caller caller = Caller.of(security);
        ExcludedApis excluded = exclusions.of(caller.organizationId()).get();
        long quarter = KeepAlive.QUARTER.toSeconds();
        Instant now = clock.now();
        Instant from = Instant.ofEpochSecond(Math.floorDiv(now.minus(stretch).getEpochSecond(), quarter) * quarter);
        return new Calls(
                from,
                now,
                counts.since(caller.organizationId(), from, Optional.ofNullable(applicationId)).stream()
                        .map(sum -> CallBody.of(sum, excluded))
                        .toList());
    }

    /**
     * The calls on the wire.
     *
     * @param dateFrom since when is counted
     * @param dateCounted until when
     * @param entities the calls, 100 at most
     */
    public record Calls(Instant dateFrom, Instant dateCounted, List<CallBody> entities) {}

    /**
     * A call on the wire.
     *
     * @param call as it is named wherever a last activity is: {@code GET api/v2/users/{}/timeout}
     * @param resets how often it reset a timer
     * @param unattended how often a machine did so, and no person was there since that machine's call before
     * @param intervalSeconds after how many seconds it comes over and over, on average; left out where it does not
     * @param sessionsKept how many sessions would have lapsed if no call that comes by itself had reset their timers.
     *     Each counts once, and once more only after somebody was there
     * @param sessionsKeptAlone how many would have lapsed if this call alone had not
     * @param exclusion the pattern that excludes it; left out where there is none
     * @param excluded whether it is excluded now
     */
    public record CallBody(
            String call,
            long resets,
            long unattended,
            @Nullable Double intervalSeconds,
            long sessionsKept,
            long sessionsKeptAlone,
            @Nullable String exclusion,
            boolean excluded) {
        static CallBody of(CallCounts.Sum sum, ExcludedApis exclusions) {
            Exclusion exclusion = Exclusion.of(sum.call(), exclusions);
            return new CallBody(
                    sum.call(),
                    sum.resets(),
                    sum.unattended(),
                    sum.steady() == 0 ? null : Exclusion.seconds(Duration.ofMillis(sum.steadyMillis() / sum.steady())),
                    sum.kept(),
                    sum.keptAlone(),
                    exclusion.exclusion().orElse(null),
                    exclusion.excluded());
        }
    }
}
