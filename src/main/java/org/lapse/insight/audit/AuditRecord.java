package org.lapse.insight.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.SignInEvent;
import org.lapse.insight.delivery.ReceiverFailing;
import org.lapse.organizations.authenticator.AuthenticatorEvent;
import org.lapse.organizations.directory.PasswordGuessesUsedUp;
import org.lapse.organizations.directory.PasswordLinkEvent;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.Administered;
import org.lapse.sessions.openwork.HoldEvent;
import org.lapse.sessions.session.SessionEvent;

/** One thing that happened, as an auditor reads it. Written once and never changed; holds no secret and no token. */
@Entity
class AuditRecord {
    @Id
    private UUID id;

    private UUID organizationId;

    private Instant recordedAt;
    private String actorType;
    private @Nullable String actorId;
    private @Nullable String applicationId;
    private @Nullable String remoteAddress;
    private String action;
    private String entityType;
    private String entityId;
    private @Nullable UUID concernedUserId;
    private @Nullable String concernedApplicationId;
    private @Nullable UUID concernedSessionId;
    private @Nullable String reason;
    private @Nullable String beforeValue;
    private @Nullable String afterValue;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected AuditRecord() {}

    private AuditRecord(
            UUID organizationId,
            Instant recordedAt,
            Actor actor,
            @Nullable String remoteAddress,
            String action,
            String entityType,
            String entityId,
            Concerned concerned) {
        this.id = UUID.randomUUID();
        this.organizationId = organizationId;
        this.recordedAt = recordedAt;
        this.actorType = actor.type();
        this.actorId = actor.id();
        this.applicationId = actor.applicationId();
        this.remoteAddress = remoteAddress;
        this.action = action;
        this.entityType = entityType;
        this.entityId = entityId;
        this.concernedUserId = concerned.userId();
        this.concernedApplicationId = concerned.applicationId();
        this.concernedSessionId = concerned.sessionId();
    }

    /** An administrator's change, with the JSON of the thing before and after. */
    static AuditRecord of(
            Administered change,
            @Nullable String remoteAddress,
            @Nullable String beforeValue,
            @Nullable String afterValue,
            Instant now) {
        AuditRecord made = new AuditRecord(
                change.by().organizationId(),
                now,
                Actor.of(change.by()),
                remoteAddress,
                change.action(),
                change.entityType(),
                change.entityId(),
                Concerned.of(change));
        made.beforeValue = beforeValue;
        made.afterValue = afterValue;
        return made;
    }

    /** Open work that began or ended, with its session where it is of one, and the JSON of the hold. */
    static AuditRecord of(
            HoldEvent event,
            SessionEvent.@Nullable Subject ofSession,
            @Nullable String remoteAddress,
            @Nullable String hold) {
        UUID session = event.hold().sessionId();
        AuditRecord made = new AuditRecord(
                event.hold().organizationId(),
                event.at(),
                Actor.of(event),
                remoteAddress,
                event instanceof HoldEvent.HoldOpened ? "hold.open" : "hold.end",
                session == null ? "user" : "session",
                String.valueOf(session == null ? event.hold().userId() : session),
                Concerned.of(event.hold(), ofSession));
        made.afterValue = hold;
        return made;
    }

    /** An application does not hear of ended sessions any more. {@code error} is JSON. */
    static AuditRecord of(ReceiverFailing event, @Nullable String error) {
        AuditRecord made = new AuditRecord(
                event.organizationId(),
                event.at(),
                Actor.policy(),
                null,
                "receiver.failing",
                "application",
                event.applicationId(),
                Concerned.user(null, event.applicationId()));
        made.afterValue = error;
        return made;
    }

    /** What happened to what a user proves who they are with. {@code name} is JSON. */
    static AuditRecord of(AuthenticatorEvent event, @Nullable String remoteAddress, @Nullable String name) {
        AuditRecord made = new AuditRecord(
                event.organizationId(),
                event.at(),
                Actor.of(event),
                remoteAddress,
                event.kind().action(),
                "user",
                event.userId().toString(),
                Concerned.user(event.userId(), event.applicationId()));
        made.reason = event.factor().wireName();
        made.afterValue = name;
        return made;
    }

    /** Somebody came with a link to set a password by. */
    static AuditRecord of(PasswordLinkEvent event, @Nullable String remoteAddress) {
        AuditRecord made = new AuditRecord(
                event.organizationId(),
                event.at(),
                Actor.of(event),
                remoteAddress,
                event.kind().action(),
                "user",
                event.userId().toString(),
                Concerned.user(event.userId()));
        made.reason = event.reason();
        return made;
    }

    /** No password of an account is looked at any more. */
    static AuditRecord of(PasswordGuessesUsedUp event, @Nullable String remoteAddress) {
        AuditRecord made = new AuditRecord(
                event.organizationId(),
                event.at(),
                Actor.unknown(null),
                remoteAddress,
                "signin.suspend",
                "user",
                idOrUnknown(event.userId()),
                Concerned.user(event.userId()));
        made.reason = event.reach().wireName();
        return made;
    }

    /** Names that are nobody's are not recorded: what is typed as a name may be a password. */
    private static String idOrUnknown(@Nullable UUID userId) {
        return userId == null ? "unknown" : userId.toString();
    }

    /** Somebody signed in, or tried to. */
    static AuditRecord of(SignInEvent event, @Nullable String remoteAddress) {
        User user = event.user();
        UUID userId = user == null ? null : user.id();
        return new AuditRecord(
                event.organizationId(),
                event.at(),
                Actor.of(event),
                remoteAddress,
                event instanceof SignInEvent.SignedIn ? "signin" : "signin.refuse",
                "user",
                idOrUnknown(userId),
                Concerned.user(userId, event.applicationId()));
    }

    /** What happened to a session. {@code proof} is JSON. */
    static AuditRecord of(SessionEvent event, Actor actor, @Nullable String remoteAddress, @Nullable String proof) {
        SessionEvent.Subject session = event.session();
        AuditRecord made = new AuditRecord(
                session.organizationId(),
                event.at(),
                actor,
                remoteAddress,
                actionOf(event),
                "session",
                session.id().toString(),
                Concerned.of(session));
        made.reason = event instanceof SessionEvent.SessionEnded ended
                ? ended.reason().name()
                : null;
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

    UUID organizationId() {
        return organizationId;
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

    @Nullable
    String applicationId() {
        return applicationId;
    }

    @Nullable
    String remoteAddress() {
        return remoteAddress;
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
    UUID concernedUserId() {
        return concernedUserId;
    }

    @Nullable
    String concernedApplicationId() {
        return concernedApplicationId;
    }

    @Nullable
    UUID concernedSessionId() {
        return concernedSessionId;
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
