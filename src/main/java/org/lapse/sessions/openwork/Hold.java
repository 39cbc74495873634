package org.lapse.sessions.openwork;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Open work that keeps one session, or all sessions of a user, from becoming inactive. */
@Entity
public class Hold {
    @Id
    private UUID id;

    private UUID organizationId;
    private @Nullable UUID userId;
    private @Nullable UUID sessionId;
    private String reason;
    private Instant openedAt;
    private Instant until;
    private @Nullable Instant endedAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Hold() {}

    private Hold(UUID organizationId, String reason, Instant now, Instant until) {
        this.id = UUID.randomUUID();
        this.organizationId = organizationId;
        this.reason = reason;
        this.openedAt = now;
        this.until = until;
    }

    /** Open work in one session. */
    static Hold ofSession(UUID organizationId, UUID sessionId, String reason, Instant now, Instant until) {
        Hold hold = new Hold(organizationId, reason, now, until);
        hold.sessionId = sessionId;
        return hold;
    }

    /** Open work of a user, whichever session it is done in. */
    static Hold ofUser(UUID organizationId, UUID userId, String reason, Instant now, Instant until) {
        Hold hold = new Hold(organizationId, reason, now, until);
        hold.userId = userId;
        return hold;
    }

    /** The id that never changes. */
    public UUID id() {
        return id;
    }

    /** The organization of the session or the user. */
    public UUID organizationId() {
        return organizationId;
    }

    /** The user whose sessions are held; null if one session is. */
    public @Nullable UUID userId() {
        return userId;
    }

    /** The session that is held; null if all of a user's are. */
    public @Nullable UUID sessionId() {
        return sessionId;
    }

    /** What the work is, in the words of anybody who opened the hold. */
    public String reason() {
        return reason;
    }

    /** Since when it holds; where progress goes on from another session of the sign-in, since that began. */
    public Instant openedAt() {
        return openedAt;
    }

    /** When it is over at the latest. */
    public Instant until() {
        return until;
    }

    boolean isOpen(Instant now) {
        return now.isBefore(over());
    }

    /** When it is over, or was ended. */
    Instant over() {
        return endedAt == null ? until : endedAt;
    }

    /** Whether it lasted for that long. */
    boolean lasted(Duration time) {
        return !until.isBefore(openedAt.plus(time));
    }

    void extend(Instant newUntil) {
        if (newUntil.isAfter(until)) {
            until = newUntil;
        }
    }

    void end(Instant now) {
        endedAt = now;
    }
}
