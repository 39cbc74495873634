package org.lapse.insight.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiresPermission;

/** {@code /api/v2/audits}: what happened in the caller's organization. */
@Singleton
@Path("v2/audits")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class AuditsResource {
    @Inject
    private Audit audit;

    /** A page of the records that match, the latest first unless {@code sortOrder} says otherwise. */
    @GET
    @RequiresPermission(Permission.AUDITS_AUDIT_VIEW)
    @Operation(
            summary = "What happened: administrative changes, sign-ins and what became of sessions, the latest first")
    public Page<AuditBody> list(
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @Parameter(
                            description =
                                    "only this action, such as session.end; with .* at its end it and all below it: session.*")
                    @QueryParam("action")
                    @Nullable
                    String action,
            @Parameter(description = "only things of this kind, such as session") @QueryParam("entityType") @Nullable
                    String entityType,
            @Parameter(description = "only this thing") @QueryParam("entityId") @Nullable String entityId,
            @Parameter(description = "only by a user, an application, policy or unknown")
                    @QueryParam("actorType")
                    @Nullable
                    String actorType,
            @Parameter(description = "only by this user or application") @QueryParam("actorId") @Nullable
                    String actorId,
            @Parameter(description = "only what concerns this user, whoever did it: sign-ins, sessions, the account")
                    @QueryParam("concerns")
                    @Nullable
                    String concerns,
            @Parameter(description = "only through this application") @QueryParam("applicationId") @Nullable
                    String applicationId,
            @Parameter(description = "only from this address, written as in the records")
                    @QueryParam("remoteAddress")
                    @Nullable
                    String remoteAddress,
            @Parameter(description = "only ends of sessions for this reason, such as FORCED")
                    @QueryParam("reason")
                    @Nullable
                    String reason,
            @Parameter(description = "only at this moment or later, in ISO 8601: 2026-11-21T12:00:00Z")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "only before this moment") @QueryParam("to") @Nullable String to,
            @Parameter(description = "desc, the latest first, where it is left out; or asc")
                    @QueryParam("sortOrder")
                    @Nullable
                    String sortOrder,
            @Context SecurityContext security) {
        AuditQuery query = new AuditQuery(
                action,
                entityType,
                entityId,
                actorType,
                actorId,
                concerns,
                applicationId,
                remoteAddress,
                reason,
                from,
                to,
                sortOrder);
        UUID organizationId = Caller.of(security).organizationId();
        Page.Request page = Page.Request.of(pageSize, pageNumber);
        AuditFilter filter = query.filter();
        List<AuditBody> found = audit.find(organizationId, filter, query.order(), page).stream()
                .map(AuditBody::of)
                .toList();
        return Page.of(found, page, audit.count(organizationId, filter), query.appendedTo("/api/v2/audits"));
    }

    /**
     * How many records match in each interval, an empty one too: what happened over time. The first interval begins at
     * {@code from}, and {@code to} must be a whole number of intervals later.
     */
    @GET
    @Path("counts")
    @RequiresPermission(Permission.AUDITS_AUDIT_VIEW)
    @Operation(summary = "How much happened over time: the number of records that match in each interval")
    public IntervalCounts count(
            @Parameter(description = "the beginning, in whole seconds: 2026-11-21T12:00:00Z")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "the end, which does not belong to it") @QueryParam("to") @Nullable String to,
            @Parameter(description = "the length of an interval in seconds; at most 1000 intervals")
                    @QueryParam("intervalSeconds")
                    @Nullable
                    String intervalSeconds,
            @Parameter(description = "only this action; with .* at its end it and all below it")
                    @QueryParam("action")
                    @Nullable
                    String action,
            @Parameter(description = "only by a user, an application, policy or unknown")
                    @QueryParam("actorType")
                    @Nullable
                    String actorType,
            @Parameter(description = "only through this application") @QueryParam("applicationId") @Nullable
                    String applicationId,
            @Parameter(description = "only ends of sessions for this reason, such as INACTIVITY")
                    @QueryParam("reason")
                    @Nullable
                    String reason,
            @Context SecurityContext security) {
        AuditFilter filter = new AuditQuery(
                        action, null, null, actorType, null, null, applicationId, null, reason, from, to, null)
                .filter();
        Intervals intervals = Intervals.of(filter, intervalSeconds);
        return IntervalCounts.of(
                intervals,
                audit.countByInterval(
                        Caller.of(security).organizationId(), filter, intervals.from(), intervals.length()));
    }

    /** One record. */
    @GET
    @Path("{auditId}")
    @RequiresPermission(Permission.AUDITS_AUDIT_VIEW)
    @Operation(summary = "A record of the audit")
    public AuditBody get(@PathParam("auditId") UUID auditId, @Context SecurityContext security) {
        return audit.find(Caller.of(security).organizationId(), auditId)
                .map(AuditBody::of)
                .orElseThrow(ApiException::notFound);
    }

    /**
     * A record on the wire.
     *
     * @param id its id
     * @param dateRecorded when it happened
     * @param actorType what acted: a user, an application on its own, the policy for what a deadline did, or unknown
     *     for who did not prove who they are
     * @param actorId who did it; left out for the last two
     * @param applicationId through which application; of what a deadline did to a session, the session's
     * @param remoteAddress from which address; left out where no request was the cause
     * @param action what was done, such as {@code session.end}
     * @param entityType the kind of thing
     * @param entityId which thing
     * @param concerns whom it concerns, whoever did it; left out where it is neither user, application nor session
     * @param reason why a session ended
     * @param before the thing before an administrator's change, as the API shows it
     * @param after the thing after it; for what a deadline did, the last activity, the deadline and the rule behind it
     */
    public record AuditBody(
            UUID id,
            Instant dateRecorded,
            String actorType,
            @Nullable String actorId,
            @Nullable String applicationId,
            @Nullable String remoteAddress,
            String action,
            String entityType,
            String entityId,
            @Nullable ConcernedBody concerns,
            @Nullable String reason,
            @JsonRawValue @Nullable String before,
            @JsonRawValue @Nullable String after) {
        static AuditBody of(AuditRecord kept) {
            return new AuditBody(
                    kept.id(),
                    kept.recordedAt(),
                    kept.actorType(),
                    kept.actorId(),
                    kept.applicationId(),
                    kept.remoteAddress(),
                    kept.action(),
                    kept.entityType(),
                    kept.entityId(),
                    ConcernedBody.of(kept),
                    kept.reason(),
                    kept.beforeValue(),
                    kept.afterValue());
        }
    }

    /**
     * Whom a record concerns, on the wire.
     *
     * @param userId the user, where it concerns one
     * @param applicationId the application, where it concerns one
     * @param sessionId the session, where it concerns one
     */
    public record ConcernedBody(
            @Nullable UUID userId,
            @Nullable String applicationId,
            @Nullable UUID sessionId) {
        static @Nullable ConcernedBody of(AuditRecord kept) {
            return kept.concernedUserId() == null
                            && kept.concernedApplicationId() == null
                            && kept.concernedSessionId() == null
                    ? null
                    : new ConcernedBody(
                            kept.concernedUserId(), kept.concernedApplicationId(), kept.concernedSessionId());
        }
    }
}
