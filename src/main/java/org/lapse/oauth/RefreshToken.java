package org.lapse.oauth;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.ledger.TokenDigest;

/** The row of a refresh token. All tokens of a session are one family: one that is stolen ends them all. */
@Entity
@Table(name = "refresh_token")
class RefreshToken {
    @Id
    private byte[] digest;

    private UUID sessionId;
    private Instant authenticatedAt;

    @SuppressWarnings("UnusedVariable") // for those who look into the table
    private Instant issuedAt;

    private Instant expiresAt;
    private @Nullable Instant spentAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected RefreshToken() {}

    RefreshToken(TokenDigest digest, UUID sessionId, Instant authenticatedAt, Instant now, Instant expiresAt) {
        this.digest = digest.bytes();
        this.sessionId = sessionId;
        this.authenticatedAt = authenticatedAt;
        this.issuedAt = now;
        this.expiresAt = expiresAt;
    }

    UUID sessionId() {
        return sessionId;
    }

    /** When the user gave the password for the session. */
    Instant authenticatedAt() {
        return authenticatedAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Whether it was spent so long ago that this is no repetition of a request whose answer was lost. */
    boolean isStolen(Duration grace, Instant now) {
        return spentAt != null && !now.isBefore(spentAt.plus(grace));
    }
}
