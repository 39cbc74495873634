package org.lapse.organizations.authenticator;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user proves who they are with, besides the password. Nothing of it is secret.
 *
 * @param passkeys the passkeys, the oldest first
 * @param totp the authenticator app; null where there is none
 * @param recoveryCodes how many recovery codes are left
 * @param required whether the user must have a second factor
 * @param selfUri where this is
 */
public record AuthenticatorsBody(
        List<PasskeyBody> passkeys, @Nullable TotpBody totp, int recoveryCodes, boolean required, String selfUri) {
    /**
     * A passkey.
     *
     * @param id the id that never changes
     * @param name what its user calls it
     * @param synced whether it may be on several devices
     * @param dateCreated since when it exists
     * @param dateLastUsed when it was used last; null for never
     */
    public record PasskeyBody(
            UUID id,
            String name,
            boolean synced,
            Instant dateCreated,
            @Nullable Instant dateLastUsed) {
        static PasskeyBody of(Passkey passkey) {
            return new PasskeyBody(
                    passkey.id(),
                    passkey.name(),
                    passkey.credential().backupEligible(),
                    passkey.createdAt(),
                    passkey.lastUsedAt());
        }
    }

    /**
     * An authenticator app.
     *
     * @param dateConfirmed when a code has shown that it has the secret
     */
    public record TotpBody(Instant dateConfirmed) {}
}
