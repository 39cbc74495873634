package org.lapse.organizations.authenticator;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** The row of a key by which challenges are told from those that we have not made. */
@Entity
class ChallengeKey {
    @Id
    private UUID id;

    private String secret;
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected ChallengeKey() {}

    ChallengeKey(UUID id, String secret, Instant createdAt) {
        this.id = id;
        this.secret = secret;
        this.createdAt = createdAt;
    }

    UUID id() {
        return id;
    }

    /** The key as {@link EncryptedSecrets} writes it. */
    String secret() {
        return secret;
    }

    Instant createdAt() {
        return createdAt;
    }
}
