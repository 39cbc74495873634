package org.lapse.insight.audit;

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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.RecordsActivity;

/** {@code /api/v2/users/{userId}/timeline}: what became of a user. */
@Singleton
@Path("v2/users/{userId}/timeline")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class UserTimelineResource {
    @Inject
    private Timelines timelines;

    static String path(UUID userId) {
        return "/api/v2/users/" + userId + "/timeline";
    }

    /**
     * A page of what happened, the latest first, and where it stands now. One's own everybody may read, that of others
     * anybody who has the permissions {@code audits:audit:view} and {@code directory:user:view}.
     */
    @GET
    @Operation(summary = "What happened to a user, the latest first: by whom or by which rule, and where it stands now")
    public Timelines.UserTimeline get(
            @PathParam("userId") UUID userId,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @Context SecurityContext security) {
        return timelines.ofUser(Caller.of(security), userId, Page.Request.of(pageSize, pageNumber));
    }
}
