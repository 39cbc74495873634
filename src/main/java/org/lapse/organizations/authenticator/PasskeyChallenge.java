package org.lapse.organizations.authenticator;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** The challenge that was given last for a binding. */
@Entity
class PasskeyChallenge {
    @Id
    @SuppressWarnings("UnusedVariable") // queries read it
    private byte[] binding;

    @SuppressWarnings("UnusedVariable") // queries read it
    private byte[] challenge;

    @SuppressWarnings("UnusedVariable") // queries read it
    private Instant expiresAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected PasskeyChallenge() {}

    PasskeyChallenge(byte[] binding, byte[] challenge, Instant expiresAt) {
        this.binding = binding;
        this.challenge = challenge;
        this.expiresAt = expiresAt;
    }
}
