package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.rules.timeout.TimeoutLimit;

/** {@code /api/v2/users/{userId}/timeout}: why does Alice have 30 minutes? */
@Singleton
@Path("v2/users/{userId}/timeout")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class UserTimeoutResource {
    @Inject
    private InactivityTimeouts timeouts;

    @Inject
    private Users users;

    @Inject
    private Applications applications;

    /**
     * The decision for a user of the caller's organization, in an application or apart from any. One's own everybody
     * may read, other users' anybody who has the permission {@code directory:user:view}.
     */
    @GET
    @Operation(summary = "How long a user's sessions may go unused, which rule decided, and which rules it beat")
    public UserTimeout get(
            @PathParam("userId") UUID userId,
            @Parameter(description = "The id of an application; without it no application's timeout counts")
                    @QueryParam("applicationId")
                    @Nullable
                    String applicationId,
            @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        if (caller.userId().filter(userId::equals).isEmpty()) {
            caller.require(Permission.DIRECTORY_USER_VIEW);
        }
        User user = users.find(caller.organizationId(), userId).orElseThrow(ApiException::notFound);
        Set<UUID> groups = users.entitlements(user).groups();
        if (applicationId == null) {
            return UserTimeout.of(userId, null, timeouts.decisionFor(caller.organizationId(), groups));
        }
        if (applications.find(caller.organizationId(), applicationId).isEmpty()) {
            throw ApiException.invalidValue("applicationId", "There is no application of that id.");
        }
        return UserTimeout.of(
                userId, applicationId, timeouts.decisionFor(caller.organizationId(), applicationId, groups));
    }

    /**
     * The decision for a user on the wire.
     *
     * @param userId the user
     * @param applicationId the application that was asked for
     * @param timeoutSeconds how long the user's sessions may go unused; left out where only their absolute life ends
     *     them
     * @param rule which rule decided, such as {@code group}, {@code organization} or {@code none}
     * @param bundlePriority the priority of the group bundle that decided, where it is one
     * @param bundleName what administrators call that bundle, where it has a name
     * @param option the application's option that decided, such as {@code [security] inactivity-timeout}, where it is
     *     one
     * @param reason why, in one sentence for an administrator
     * @param overruled the rules that it beat
     */
    public record UserTimeout(
            UUID userId,
            @Nullable String applicationId,
            @Nullable Long timeoutSeconds,
            String rule,
            @Nullable Integer bundlePriority,
            @Nullable String bundleName,
            @Nullable String option,
            String reason,
            List<OverruledBody> overruled) {
        static UserTimeout of(UUID userId, @Nullable String applicationId, TimeoutDecision decision) {
            return new UserTimeout(
                    userId,
                    applicationId,
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
