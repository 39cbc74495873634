package org.lapse.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.api.Administered;
import org.lapse.api.Caller;
import org.lapse.openwork.HoldEvent;
import org.lapse.session.EndReason;
import org.lapse.session.SessionEvent;

/** One thing that happened, as an auditor reads it. Written once and never changed; holds no secret and no token. */
@Entity
class AuditRecord {
    @Id
    private UUID id;

    @SuppressWarnings("UnusedVariable") // queries read it
    private UUID organizationId;

    private Instant recordedAt;
    private String actorType;
    private @Nullable String actorId;
    private String action;
    private String entityType;
    private String entityId;
    private @Nullable String reason;
    private @Nullable String beforeValue;
    private @Nullable String afterValue;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected AuditRecord() {}

    private AuditRecord(
            UUID organizationId,
            Instant recordedAt,
            String actorType,
            @Nullable String actorId,
            String action,
            String entityType,
            String entityId) {
        this.id = UUID.randomUUID();
        this.organizationId = organizationId;
        this.recordedAt = recordedAt;
        this.actorType = actorType;
        this.actorId = actorId;
        this.action = action;
        this.entityType = entityType;
        this.entityId = entityId;
    }

    /** An administrator's change, with the JSON of the thing before and after. */
    static AuditRecord of(Administered change, @Nullable String beforeValue, @Nullable String afterValue, Instant now) {
        AuditRecord made = new AuditRecord(
                change.by().organizationId(),
                now,
                actorTypeOf(change.by()),
                actorIdOf(change.by()),
                change.action(),
                change.entityType(),
                change.entityId());
        made.beforeValue = beforeValue;
        made.afterValue = afterValue;
        return made;
    }

    /** Open work that began or ended, with the JSON of the hold; the policy is the actor where it followed by itself. */
    static AuditRecord of(HoldEvent event, @Nullable String hold) {
        UUID session = event.hold().sessionId();
        AuditRecord made = new AuditRecord(
                event.hold().organizationId(),
                event.at(),
                event.by() == null ? "policy" : actorTypeOf(event.by()),
                event.by() == null ? null : actorIdOf(event.by()),
                event instanceof HoldEvent.HoldOpened ? "hold.open" : "hold.end",
                session == null ? "user" : "session",
                String.valueOf(session == null ? event.hold().userId() : session));
        made.afterValue = hold;
        return made;
    }

    private static String actorTypeOf(Caller by) {
        return by.userId().isPresent() ? "user" : "application";
    }

    private static String actorIdOf(Caller by) {
        return by.userId().map(UUID::toString).orElse(by.applicationId());
    }

    /** What happened to a session; the policy is the actor of what a deadline did. {@code proof} is JSON. */
    static AuditRecord of(SessionEvent event, @Nullable String proof) {
        SessionEvent.Subject session = event.session();
        EndReason reason = event instanceof SessionEvent.SessionEnded ended ? ended.reason() : null;
        boolean byPolicy = event instanceof SessionEvent.SessionLocked
                || reason == EndReason.INACTIVITY
                || reason == EndReason.EXPIRED;
        UUID user = session.userId();
        AuditRecord made = new AuditRecord(
                session.organizationId(),
                event.at(),
                byPolicy ? "policy" : user == null ? "application" : "user",
                byPolicy ? null : user == null ? session.applicationId() : user.toString(),
                actionOf(event),
                "session",
                session.id().toString());
        made.reason = reason == null ? null : reason.name();
        made.afterValue = proof;
        return made;
    }

    private static String actionOf(SessionEvent event) {
        if (event instanceof SessionEvent.SessionOpened) {
            return "session.open";
        }
        if (event instanceof SessionEvent.SessionLocked) {
            return "session.lock";
        }
        if (event instanceof SessionEvent.SessionUnlocked) {
            return "session.unlock";
        }
        return event instanceof SessionEvent.UnlockRefused ? "session.unlock.refuse" : "session.end";
    }

    UUID id() {
        return id;
    }

    Instant recordedAt() {
        return recordedAt;
    }

    String actorType() {
        return actorType;
    }

    @Nullable
    String actorId() {
        return actorId;
    }

    String action() {
        return action;
    }

    String entityType() {
        return entityType;
    }

    String entityId() {
        return entityId;
    }

    @Nullable
    String reason() {
        return reason;
    }

    @Nullable
    String beforeValue() {
        return beforeValue;
    }

    @Nullable
    String afterValue() {
        return afterValue;
    }
}
