package org.lapse.insight.oversight;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.organizations.settings.DraftPolicies;
import org.lapse.organizations.settings.IdleTokenTimeout;
import org.lapse.organizations.settings.PoliciesInForce;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Ids;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.rules.timeout.TimeoutLimit;
import org.lapse.rules.timeout.TimeoutPolicy;
import org.lapse.sessions.session.OverruledBody;

/** {@code /api/v2/tokens/timeout/preview}: who would get what, before anything is changed. */
@Singleton
@Path("v2/tokens/timeout/preview")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class TimeoutPreviewResource {
    @Inject
    private DraftPolicies drafts;

    @Inject
    private PoliciesInForce policies;

    @Inject
    private TimeoutPreviews previews;

    @Inject
    private Users users;

    @Inject
    private Applications applications;

    /** What the change in the body would do. It is checked as if it were made, and nothing is written. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "What a change of the inactivity timeouts would do, to whom; nothing is changed")
    @Transactional
    public Preview preview(
            @RequiredBody IdleTokenTimeout change,
            @Parameter(description = "The user for whom the decisions are explained, too")
                    @QueryParam("userId")
                    @Nullable
                    String userId,
            @Parameter(description = "The id of an application whose own timeout counts for that user")
                    @QueryParam("applicationId")
                    @Nullable
                    String applicationId,
            @Context SecurityContext security) {
        UUID organizationId = Caller.of(security).organizationId();
        TimeoutPolicy after = drafts.after(organizationId, change);
        List<TimeoutPreviews.People> people = previews.people(organizationId, after);
        long lapsing = previews.lapsingAtOnce(organizationId, after);
        if (userId == null) {
            return new Preview(people, lapsing, null, null);
        }
        User user = users.find(
                        organizationId, Ids.ofQuery("userId", List.of(userId)).get(0))
                .orElseThrow(() -> ApiException.invalidValue("userId", "There is no user of that id."));
        if (applicationId != null
                && applications.find(organizationId, applicationId).isEmpty()) {
            throw ApiException.invalidValue("applicationId", "There is no application of that id.");
        }
        Set<UUID> groups = users.entitlements(user).groups();
        return new Preview(
                people,
                lapsing,
                Decision.of(previews.decide(policies.of(organizationId), groups, applicationId)),
                Decision.of(previews.decide(after, groups, applicationId)));
    }

    /**
     * What a change would do.
     *
     * @param people how many people have each timeout before and after, the shortest first
     * @param sessionsLapsingAtOnce how many live sessions have gone unused for longer than they then may
     * @param before the decision for the user in the query, as it holds
     * @param after the decision for that user as it would be
     */
    public record Preview(
            List<TimeoutPreviews.People> people,
            long sessionsLapsingAtOnce,
            @Nullable Decision before,
            @Nullable Decision after) {}

    /**
     * The decision for a user.
     *
     * @param timeoutSeconds how long the user's sessions may go unused; left out where only their absolute life ends
     *     them
     * @param rule which rule decides
     * @param bundlePriority the priority of the group bundle that decides, where it is one
     * @param bundleName what administrators call that bundle, where it has a name
     * @param option the application's option that decides, such as {@code [security] inactivity-timeout}, where it is
     *     one
     * @param reason why, in one sentence for an administrator
     * @param overruled the rules that it beats
     */
    public record Decision(
            @Nullable Long timeoutSeconds,
            String rule,
            @Nullable Integer bundlePriority,
            @Nullable String bundleName,
            @Nullable String option,
            String reason,
            List<OverruledBody> overruled) {
        static Decision of(TimeoutDecision decision) {
            return new Decision(
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
    }
}
