package org.lapse.organizations.authenticator;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The authenticator app of a user: the secret that it shares with us, and one that is being set up. */
@Entity
class TotpAuthenticator {
    @Id
    private UUID userId;

    private @Nullable String secret;
    private @Nullable Instant confirmedAt;

    /** The time step of the last code that was accepted: no code of that step or an earlier one is accepted again. */
    private long lastTimeStep;

    private @Nullable String pendingSecret;
    private @Nullable Instant pendingUntil;
    private @Nullable String pendingHolder;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected TotpAuthenticator() {}

    UUID userId() {
        return userId;
    }

    /** The secret as it is stored, once a code has confirmed it. */
    Optional<String> secret() {
        return Optional.ofNullable(secret);
    }

    /** When a code has confirmed it; null where none has. */
    @Nullable
    Instant confirmedAt() {
        return confirmedAt;
    }

    /**
     * The secret that waits for a code to confirm it, as it is stored; empty for all but the one who began it.
     *
     * @param holder who asks: a session, or a browser at its second step
     */
    Optional<String> pendingSecret(String holder, Instant now) {
        return pendingUntil != null && now.isBefore(pendingUntil) && holder.equals(pendingHolder)
                ? Optional.ofNullable(pendingSecret)
                : Optional.empty();
    }

    void begin(String storedSecret, String holder, Instant until) {
        pendingSecret = storedSecret;
        pendingHolder = holder;
        pendingUntil = until;
    }

    /** The app has shown that it has the secret, by a code that counts as used. */
    void confirm(long timeStep, Instant now) {
        secret = pendingSecret;
        confirmedAt = now;
        lastTimeStep = timeStep;
        pendingSecret = null;
        pendingHolder = null;
        pendingUntil = null;
    }

    /** Uses up a time step; false where it, or a later one, was used before (RFC 6238 section 5.2). */
    boolean use(long timeStep) {
        if (timeStep <= lastTimeStep) {
            return false;
        }
        lastTimeStep = timeStep;
        return true;
    }
}
