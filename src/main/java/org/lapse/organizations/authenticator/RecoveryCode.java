package org.lapse.organizations.authenticator;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A code that somebody keeps on paper for the day on which the other factors are lost: only its digest is here. */
@Entity
class RecoveryCode {
    @Id
    private byte[] digest;

    private UUID userId;

    @SuppressWarnings("UnusedVariable") // for those who look into the table
    private Instant createdAt;

    @SuppressWarnings("UnusedVariable") // queries read it
    private @Nullable Instant usedAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected RecoveryCode() {}

    RecoveryCode(byte[] digest, UUID userId, Instant now) {
        this.digest = digest;
        this.userId = userId;
        this.createdAt = now;
    }

    UUID userId() {
        return userId;
    }
}
