package org.lapse.access.oauth;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row of a key that signs tokens, or did. */
@Entity
@Table(name = "signing_key")
class SigningKey {
    @Id
    private String id;

    private String jwk;
    private Instant createdAt;
    private @Nullable Instant retiredAt;

    /** The number of the change that made it. */
    private long changeNumber;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected SigningKey() {}

    /** A key that signs from now on; {@code jwk} is the private key as {@link StoredJwk} writes it. */
    SigningKey(String id, String jwk, Instant now) {
        this.id = id;
        this.jwk = jwk;
        this.createdAt = now;
    }

    /** Is made by the change of that number. */
    void setChangeNumber(long number) {
        changeNumber = number;
    }

    long changeNumber() {
        return changeNumber;
    }

    /** The {@code kid}. */
    String id() {
        return id;
    }

    /** The private key, as {@link StoredJwk} reads it. */
    String jwk() {
        return jwk;
    }

    /** Since when it signs. */
    Instant createdAt() {
        return createdAt;
    }

    /** Since when it signs no more; null while it does. */
    @Nullable
    Instant retiredAt() {
        return retiredAt;
    }
}
