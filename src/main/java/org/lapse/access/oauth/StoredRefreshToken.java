package org.lapse.access.oauth;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.Authentication;
import org.lapse.sessions.ledger.TokenDigest;

/** The row of a refresh token. All tokens of a session are one family: one that is stolen ends them all. */
@Entity
@Table(name = "refresh_token")
class StoredRefreshToken {
    @Id
    private byte[] digest;

    private UUID sessionId;
    private Instant authenticatedAt;
    private String authenticationMethods;
    private @Nullable Instant twoFactorsAt;

    @SuppressWarnings("UnusedVariable") // for those who look into the table
    private Instant issuedAt;

    private Instant expiresAt;
    private @Nullable Instant spentAt;
    private byte @Nullable [] salt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected StoredRefreshToken() {}

    StoredRefreshToken(
            TokenDigest digest, UUID sessionId, Authentication authentication, Instant now, Instant expiresAt) {
        this.digest = digest.bytes();
        this.sessionId = sessionId;
        this.authenticatedAt = authentication.at();
        this.authenticationMethods = authentication.methods().stored();
        this.twoFactorsAt = authentication.twoFactorsAt();
        this.issuedAt = now;
        this.expiresAt = expiresAt;
    }

    UUID sessionId() {
        return sessionId;
    }

    /** When and how the user has proved who they are for the session. */
    Authentication authentication() {
        return Authentication.stored(authenticatedAt, authenticationMethods, twoFactorsAt);
    }

    /** The user has no second factor any more. */
    void forgetSecondFactor() {
        Authentication one = authentication().withoutSecondFactor();
        authenticationMethods = one.methods().stored();
        twoFactorsAt = one.twoFactorsAt();
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

    /** When it was spent; null while it was not. */
    @Nullable
    Instant spentAt() {
        return spentAt;
    }

    /** Spends it; its successor is made of it and that salt. */
    void spend(byte[] newSalt, Instant now) {
        spentAt = now;
        salt = newSalt;
    }

    /**
     * What is made of the token and the salt for a purpose: as unguessable as the token, and the same whenever it is
     * asked for. Nobody who reads the database can make it, because only the token's digest is there.
     *
     * @param token the token itself
     * @param purpose what it is for
     */
    String derive(String token, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            mac.update(Objects.requireNonNull(salt, "A token that was not spent has no successor"));
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
