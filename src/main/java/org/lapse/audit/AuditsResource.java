package org.lapse.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.api.Caller;
import org.lapse.api.Page;
import org.lapse.api.Permission;
import org.lapse.api.RecordsActivity;
import org.lapse.api.RequiresPermission;

/** {@code /api/v2/audits}: what happened in the caller's organization. */
@Singleton
@Path("v2/audits")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class AuditsResource {
    @Inject
    private Audit audit;

    /** A page of the records, the latest first. */
    @GET
    @RequiresPermission(Permission.AUDITS_AUDIT_VIEW)
    @Operation(summary = "What happened: administrative changes and what became of sessions, the latest first")
    public Page<AuditBody> list(
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @QueryParam("action") @Nullable String action,
            @QueryParam("entityId") @Nullable String entityId,
            @Context SecurityContext security) {
        UUID organizationId = Caller.of(security).organizationId();
        Page.Request page = Page.Request.of(pageSize, pageNumber);
        AuditFilter filter = new AuditFilter(action, entityId);
        List<AuditBody> found = audit.find(organizationId, filter, page.first(), page.size()).stream()
                .map(AuditBody::of)
                .toList();
        return Page.of(found, page, audit.count(organizationId, filter), "/api/v2/audits");
    }

    /**
     * A record on the wire.
     *
     * @param id its id
     * @param dateRecorded when it happened
     * @param actorType {@code user}, {@code application} or, for what a deadline did, {@code policy}
     * @param actorId who did it; left out for the policy
     * @param action what was done, such as {@code session.end}
     * @param entityType the kind of thing
     * @param entityId which thing
     * @param reason why a session ended
     * @param before the thing before an administrator's change, as the API shows it
     * @param after the thing after it; for what a deadline did, the last activity, the deadline and the rule behind it
     */
    public record AuditBody(
            UUID id,
            Instant dateRecorded,
            String actorType,
            @Nullable String actorId,
            String action,
            String entityType,
            String entityId,
            @Nullable String reason,
            @JsonRawValue @Nullable String before,
            @JsonRawValue @Nullable String after) {
        static AuditBody of(AuditRecord kept) {
            return new AuditBody(
                    kept.id(),
                    kept.recordedAt(),
                    kept.actorType(),
                    kept.actorId(),
                    kept.action(),
                    kept.entityType(),
                    kept.entityId(),
                    kept.reason(),
                    kept.beforeValue(),
                    kept.afterValue());
        }
    }
}
