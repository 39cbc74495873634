package org.lapse.organizations.authenticator;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** A challenge that was answered, so that it counts once. */
@Entity
class RedeemedChallenge {
    @Id
    @SuppressWarnings("UnusedVariable") // the key
    private byte[] digest;

    @SuppressWarnings("UnusedVariable") // queries read it
    private Instant expiresAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected RedeemedChallenge() {}
}
