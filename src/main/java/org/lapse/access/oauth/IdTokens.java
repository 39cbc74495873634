package org.lapse.access.oauth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.Authentication;
import org.lapse.platform.api.IssuerIdentifier;

/**
 * Writes ID tokens, and knows them again when an application hands one back: to sign out, or to say whom it means.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDToken">OpenID Connect Core 1.0, section 2</a>
 */
@Singleton
class IdTokens {
    /** The parameter in which an application hands one back. */
    static final String HINT = "id_token_hint";

    private final SigningKeys keys;
    private final IssuerIdentifier issuer;

    @Inject
    IdTokens(SigningKeys keys, IssuerIdentifier issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /** The token that says who has signed in, when and how, and that the access token is theirs. */
    String write(
            Client client,
            UUID userId,
            UUID sessionId,
            Authentication authentication,
            @Nullable String nonce,
            AccessTokens.JwtAccessToken access,
            Instant now) {
        AccessTokenHash hash =
                AccessTokenHash.compute(new BearerAccessToken(access.value()), SigningKeys.ALGORITHM, null);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer.value())
                .subject(userId.toString())
                .audience(client.id())
                .expirationTime(Date.from(access.expiresAt()))
                .issueTime(Date.from(now))
                .claim("auth_time", authentication.completeAt().getEpochSecond())
                .claim("acr", authentication.methods().acr())
                .claim("amr", authentication.methods().amr())
                .claim("sid", sessionId.toString())
                .claim("nonce", nonce)
                .claim("at_hash", hash.getValue())
                .build();
        return keys.sign(JOSEObjectType.JWT, claims, now);
    }

    /**
     * The user whom a client names by an ID token that it was given, expired or not; empty where it names none.
     *
     * @throws OAuthRefusal {@code invalid_request} if that is none of ours for this client
     * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest">OpenID Connect Core 1.0, section
     *     3.1.2.1</a>
     */
    Optional<UUID> userNamedBy(Client client, Parameters parameters, Instant now) {
        return parameters.get(HINT).map(token -> read(token, now)
                .filter(hint -> hint.clientId().equals(client.id()))
                .map(Hint::userId)
                .orElseThrow(() -> OAuthRefusal.invalidRequest("The id_token_hint is no ID token of this client.")));
    }

    /** What an ID token of ours says, expired or not; empty if it is not one of ours. */
    Optional<Hint> read(String idToken, Instant now) {
        try {
            SignedJWT token = SignedJWT.parse(idToken);
            if (!keys.hasSigned(token, now)) {
                return Optional.empty();
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            String session = claims.getStringClaim("sid");
            // Access tokens are signed by the same keys, but never for a client, and they name theirs in client_id;
            // where they are of the type of RFC 9068, that tells them apart too.
            if (!JOSEObjectType.JWT.equals(token.getHeader().getType())
                    || !issuer.value().equals(claims.getIssuer())
                    || session == null
                    || claims.getSubject() == null
                    || claims.getClaim("client_id") != null
                    || claims.getAudience().size() != 1) {
                return Optional.empty();
            }
            return Optional.of(new Hint(
                    claims.getAudience().get(0), UUID.fromString(claims.getSubject()), UUID.fromString(session)));
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty(); // not an ID token at all: no more than no hint
        }
    }

    /**
     * What an application tells with an ID token.
     *
     * @param clientId to whom the token was given
     * @param userId about whom
     * @param sessionId for which session
     */
    record Hint(String clientId, UUID userId, UUID sessionId) {}
}
