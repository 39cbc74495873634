package org.lapse.insight.oversight;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Ids;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.session.ActivitySources;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Sessions;

/** {@code /api/v2/sessions}: the live sessions of the caller's organization. */
@Singleton
@Path("v2/sessions")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class SessionsResource {
    static final String PATH = "/api/v2/sessions";

    private static final int MOST_AT_ONCE = 500;
    private static final int MOST_NAMED = 20;
    private static final String FIVE_MINUTES = "300";

    @Inject
    private LiveSessions live;

    @Inject
    private Admission admission;

    @Inject
    private Sessions sessions;

    @Inject
    private SessionBodies bodies;

    @Inject
    private WallClock clock;

    /**
     * A page of the live sessions that match, in the order of the time that is left to them unless the query says
     * otherwise.
     */
    @GET
    @RequiresPermission(Permission.DIRECTORY_USER_VIEW)
    @Operation(summary = "The live sessions of the organization: whose, since when, how long still, and why")
    public Page<LiveSessionBody> list(
            @Parameter(description = "only sessions that stand so: active, held or locked; held ones are active too")
                    @QueryParam("state")
                    @Nullable
                    String state,
            @Parameter(
                            description =
                                    "only active sessions that inactivity ends or locks within so many seconds, 1 to 86400")
                    @QueryParam("lapsingWithin")
                    @Nullable
                    String lapsingWithin,
            @Parameter(description = "only sessions of this user") @QueryParam("userId") @Nullable String userId,
            @Parameter(description = "only sessions in this application") @QueryParam("applicationId") @Nullable
                    String applicationId,
            @Parameter(description = "only sessions of members of this group") @QueryParam("groupId") @Nullable
                    String groupId,
            @Parameter(
                            description =
                                    "only sessions whose timeout this rule decided: group, organization, application, hipaa, none")
                    @QueryParam("rule")
                    @Nullable
                    String rule,
            @Parameter(
                            description =
                                    "only sessions whose timer this reset last, as the entries name it: GET api/v2/users/me")
                    @QueryParam("lastResetBy")
                    @Nullable
                    String lastResetBy,
            @Parameter(
                            description =
                                    "What the name for signing in or the application's id contains, in capitals or not")
                    @QueryParam("contains")
                    @Nullable
                    String contains,
            @Parameter(description = "timeLeft, where it is left out; or lastActivity, user, application")
                    @QueryParam("sortBy")
                    @Nullable
                    String sortBy,
            @Parameter(description = "asc, where it is left out; or desc") @QueryParam("sortOrder") @Nullable
                    String sortOrder,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @Context SecurityContext security) {
        SessionQuery query = new SessionQuery(
                state, lapsingWithin, userId, applicationId, groupId, rule, lastResetBy, contains, sortBy, sortOrder);
        Caller caller = Caller.of(security);
        Page.Request page = Page.Request.of(pageSize, pageNumber);
        Comparator<SeenSession> order = query.order().comparator();
        List<SeenSession> found = live.find(caller.organizationId(), query.filter());
        List<SeenSession> shown = found.stream()
                .sorted(order)
                .skip(page.first())
                .limit(page.size())
                .toList();
        return Page.of(bodies.of(caller, shown), page, found.size(), query.appendedTo(PATH));
    }

    /** How many live sessions there are. */
    @GET
    @Path("counts")
    @RequiresPermission(Permission.DIRECTORY_USER_VIEW)
    @Operation(summary = "How many sessions are live, locked or about to lapse, where, and what keeps them alive")
    public Counts count(
            @Parameter(description = "How soon is soon, in seconds; 300 where it is left out")
                    @QueryParam("lapsingWithin")
                    @Nullable
                    String lapsingWithin,
            @Context SecurityContext security) {
        SessionFilter soon = new SessionFilter(
                Optional.empty(),
                Optional.of(
                        SessionQuery.seconds("lapsingWithin", lapsingWithin == null ? FIVE_MINUTES : lapsingWithin)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
        Caller caller = Caller.of(security);
        LiveSessions.Numbers numbers = live.count(caller.organizationId(), soon);
        Map<String, String> names = bodies.namesOfApplications(
                caller.organizationId(), numbers.byApplication().keySet());
        return new Counts(
                clock.now(),
                numbers.of(LiveState.ACTIVE) + numbers.of(LiveState.HELD) + numbers.of(LiveState.LOCKED),
                numbers.of(LiveState.ACTIVE) + numbers.of(LiveState.HELD),
                numbers.of(LiveState.HELD),
                numbers.of(LiveState.LOCKED),
                numbers.soon(),
                most(numbers.byApplication().entrySet().stream()
                        .map(one ->
                                new Count(one.getKey(), names.getOrDefault(one.getKey(), one.getKey()), one.getValue()))
                        .toList()),
                most(byReset(numbers)));
    }

    private List<Count> byReset(LiveSessions.Numbers numbers) {
        Map<String, Long> byName = numbers.byReset().entrySet().stream()
                .collect(Collectors.groupingBy(
                        one -> ActivitySources.OF_THIS_SERVER
                                .nameOf(one.getKey())
                                .orElse(""),
                        Collectors.summingLong(Map.Entry::getValue)));
        return byName.entrySet().stream()
                .map(one -> new Count(one.getKey(), one.getKey(), one.getValue()))
                .toList();
    }

    private static List<Count> most(List<Count> counts) {
        return counts.stream()
                .sorted(Comparator.comparingLong(Count::total).reversed().thenComparing(Count::id))
                .limit(MOST_NAMED)
                .toList();
    }

    /** One live session. */
    @GET
    @Path("{sessionId}")
    @RequiresPermission(Permission.DIRECTORY_USER_VIEW)
    @Operation(summary = "A live session")
    public LiveSessionBody get(@PathParam("sessionId") UUID sessionId, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        return admission
                .find(sessionId)
                .flatMap(session -> live.find(caller.organizationId(), session))
                .map(seen -> bodies.of(caller, List.of(seen)).get(0))
                .orElseThrow(ApiException::notFound);
    }

    /** Ends sessions; those that are not live, or not the organization's, are left out of the number. */
    @POST
    @Path("end")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.OAUTH_TOKEN_DELETE)
    @Operation(summary = "End live sessions for good")
    public Changed end(@RequiredBody Chosen chosen, @Context SecurityContext security) {
        Collection<UUID> ids = chosen.ids();
        return new Changed(
                sessions.end(bodies.ofOrganization(Caller.of(security).organizationId(), ids), EndReason.FORCED));
    }

    /**
     * Locks sessions until their users have given their passwords again. Those that are locked already, that no user
     * could unlock, or that are not the organization's are left out of the number.
     */
    @POST
    @Path("lock")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.OAUTH_TOKEN_DELETE)
    @Operation(summary = "Lock live sessions until their users authenticate again")
    public Changed lock(@RequiredBody Chosen chosen, @Context SecurityContext security) {
        Collection<UUID> ids = chosen.ids();
        return new Changed(
                sessions.lock(bodies.ofOrganization(Caller.of(security).organizationId(), ids)));
    }

    /**
     * The sessions that something is done with.
     *
     * @param sessionIds their ids, at most 500
     */
    public record Chosen(@Nullable List<@Nullable UUID> sessionIds) {
        Collection<UUID> ids() {
            List<UUID> ids = Ids.ofBody("sessionIds", sessionIds);
            if (ids.size() > MOST_AT_ONCE) {
                throw ApiException.invalidValue(
                        "sessionIds", "There are at most " + MOST_AT_ONCE + " ids in one request.");
            }
            return ids;
        }
    }

    /**
     * What was done.
     *
     * @param changed with how many sessions
     */
    public record Changed(int changed) {}

    /**
     * How many sessions there are.
     *
     * @param dateCounted when they were counted, on the clock that decides what has lapsed
     * @param live all of them, locked ones among them
     * @param active those that give access, held ones among them
     * @param held those that open work keeps from lapsing
     * @param locked those that wait for a re-login
     * @param lapsing those that inactivity ends or locks soon, unless they are used
     * @param applications in which applications, the fullest first, 20 at most
     * @param resets what reset their timers last, the most frequent first, 20 at most; an empty id where nobody knows
     */
    public record Counts(
            Instant dateCounted,
            long live,
            long active,
            long held,
            long locked,
            long lapsing,
            List<Count> applications,
            List<Count> resets) {}

    /**
     * How many sessions have something in common.
     *
     * @param id what it is
     * @param name what people call it
     * @param total how many
     */
    public record Count(String id, String name, long total) {}
}
