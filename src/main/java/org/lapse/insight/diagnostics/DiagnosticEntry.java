package org.lapse.insight.diagnostics;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.SessionPrincipal;

/** What a client has told once. */
@Entity
class DiagnosticEntry {
    @Id
    private UUID id;

    @SuppressWarnings("UnusedVariable") // queries read it
    private UUID organizationId;

    private UUID sessionId;
    private String applicationId;
    private @Nullable UUID userId;

    @SuppressWarnings("UnusedVariable") // queries read it
    @Enumerated(EnumType.STRING)
    private DiagnosticKind kind;

    private Instant recordedAt;
    private String content;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected DiagnosticEntry() {}

    DiagnosticEntry(LiveSession<SessionPrincipal> session, DiagnosticKind kind, String content, Instant now) {
        this.id = UUID.randomUUID();
        this.organizationId = session.principal().organizationId();
        this.sessionId = session.id();
        this.applicationId = session.principal().applicationId();
        this.userId = session.principal().userId();
        this.kind = kind;
        this.recordedAt = now;
        this.content = content;
    }

    UUID id() {
        return id;
    }

    UUID sessionId() {
        return sessionId;
    }

    String applicationId() {
        return applicationId;
    }

    @Nullable
    UUID userId() {
        return userId;
    }

    Instant recordedAt() {
        return recordedAt;
    }

    /** JSON, without tokens. */
    String content() {
        return content;
    }
}
