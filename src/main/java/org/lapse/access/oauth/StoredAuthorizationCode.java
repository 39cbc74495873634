package org.lapse.access.oauth;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.Authentication;
import org.lapse.access.signin.SignIn;
import org.lapse.sessions.ledger.TokenDigest;

/** The row of an authorization code: what its client gets for it, once. */
@Entity
@Table(name = "authorization_code")
class StoredAuthorizationCode {
    @Id
    private byte[] digest;

    private String applicationId;
    private UUID userId;
    private UUID signInId;
    private String redirectUri;
    private String codeChallenge;
    private @Nullable String nonce;
    private String scope;
    private String audience;
    private Instant authenticatedAt;
    private String authenticationMethods;
    private @Nullable Instant twoFactorsAt;
    private Instant expiresAt;
    private @Nullable Instant redeemedAt;
    private @Nullable UUID sessionId;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected StoredAuthorizationCode() {}

    StoredAuthorizationCode(TokenDigest digest, AuthorizationCall call, SignIn signIn, Instant expiresAt) {
        this.digest = digest.bytes();
        this.applicationId = call.client().id();
        this.userId = signIn.userId();
        this.signInId = signIn.id();
        this.redirectUri = call.redirectUri();
        this.codeChallenge = call.codeChallenge();
        this.nonce = call.nonce();
        this.scope = call.scope();
        this.audience = call.audience();
        this.authenticatedAt = signIn.authentication().at();
        this.authenticationMethods = signIn.authentication().methods().stored();
        this.twoFactorsAt = signIn.authentication().twoFactorsAt();
        this.expiresAt = expiresAt;
    }

    /** Why a client may not redeem it, although another might; empty if it may. */
    Optional<String> objection(CodeProof proof, Instant now) {
        if (!now.isBefore(expiresAt)) {
            return Optional.of("The code has expired.");
        }
        if (!redirectUri.equals(proof.redirectUri())) {
            return Optional.of("The redirect_uri is not the one of the authorization request.");
        }
        if (!ProofKey.matches(codeChallenge, proof.verifier())) {
            return Optional.of("The code_verifier does not fit the code_challenge.");
        }
        return Optional.empty();
    }

    boolean wasGivenTo(String clientId) {
        return applicationId.equals(clientId);
    }

    /** The session that was opened for it, if it was redeemed. */
    Optional<UUID> sessionId() {
        return redeemedAt == null ? Optional.empty() : Optional.ofNullable(sessionId);
    }

    UUID userId() {
        return userId;
    }

    UUID signInId() {
        return signInId;
    }

    @Nullable
    String nonce() {
        return nonce;
    }

    String scope() {
        return scope;
    }

    /** The APIs for which it was asked, space-separated; empty for our own. */
    String audience() {
        return audience;
    }

    /** When and how the user has proved who they are. */
    Authentication authentication() {
        return Authentication.stored(authenticatedAt, authenticationMethods, twoFactorsAt);
    }
}
