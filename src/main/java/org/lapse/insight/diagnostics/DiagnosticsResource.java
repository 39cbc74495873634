package org.lapse.insight.diagnostics;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.session.CurrentSession;

/** {@code /api/v2/diagnostics}: where clients send their logs, and administrators read them. */
@Singleton
@Path("v2/diagnostics")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class DiagnosticsResource {
    @Inject
    private Diagnostics diagnostics;

    @Inject
    private CurrentSession current;

    @Inject
    private WallClock clock;

    /** Takes a client's log: any JSON object of up to 16384 characters, 60 a minute for each session. */
    @POST
    @Path("trace")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Send a client's log: any JSON object")
    public void trace(@RequiredBody Map<String, Object> told) {
        keep(DiagnosticKind.TRACE, told);
    }

    /**
     * Takes what a client measured of itself: any JSON object of up to 16384 characters, 60 a minute for each session.
     */
    @POST
    @Path("newrelic/insights")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Send what a client measured of itself: any JSON object")
    public void insights(@RequiredBody Map<String, Object> told) {
        keep(DiagnosticKind.INSIGHT, told);
    }

    private void keep(DiagnosticKind kind, Map<String, Object> told) {
        diagnostics.keep(current.get(), kind, told, clock.now());
    }

    /** The logs that the organization's clients sent, the latest first. */
    @GET
    @Path("trace")
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "The logs that clients sent, the latest first")
    public Page<EntryBody> traces(
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @Context SecurityContext security) {
        return page(DiagnosticKind.TRACE, "trace", pageSize, pageNumber, security);
    }

    /** What the organization's clients measured of themselves, the latest first. */
    @GET
    @Path("newrelic/insights")
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "What clients measured of themselves, the latest first")
    public Page<EntryBody> measured(
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @Context SecurityContext security) {
        return page(DiagnosticKind.INSIGHT, "newrelic/insights", pageSize, pageNumber, security);
    }

    private Page<EntryBody> page(
            DiagnosticKind kind,
            String path,
            @Nullable String pageSize,
            @Nullable String pageNumber,
            SecurityContext security) {
        UUID organizationId = Caller.of(security).organizationId();
        Page.Request page = Page.Request.of(pageSize, pageNumber);
        List<EntryBody> found = diagnostics.find(organizationId, kind, page.first(), page.size()).stream()
                .map(EntryBody::of)
                .toList();
        return Page.of(found, page, diagnostics.count(organizationId, kind), "/api/v2/diagnostics/" + path);
    }

    /**
     * What a client told once, on the wire.
     *
     * @param id its id
     * @param dateRecorded when it was told
     * @param sessionId the session of the client
     * @param applicationId the application
     * @param userId the user; left out for an application on its own
     * @param content what was told, with {@code [redacted]} in the place of tokens
     */
    public record EntryBody(
            UUID id,
            Instant dateRecorded,
            UUID sessionId,
            String applicationId,
            @Nullable UUID userId,
            @JsonRawValue String content) {
        static EntryBody of(DiagnosticEntry entry) {
            return new EntryBody(
                    entry.id(),
                    entry.recordedAt(),
                    entry.sessionId(),
                    entry.applicationId(),
                    entry.userId(),
                    entry.content());
        }
    }
}
