package org.lapse.access.oauth;

import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.lapse.sessions.session.IssuedTokens;

/** Recognizes access tokens by our signature, as a resource server would that knows our keys (RFC 9068 section 4). */
@Singleton
class SignedAccessTokens implements IssuedTokens {
    private final SigningKeys keys;

    @Inject
    SignedAccessTokens(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public boolean isAlive(String accessToken, Instant now) {
        try {
            SignedJWT token = SignedJWT.parse(accessToken);
            Date expiresAt = token.getJWTClaimsSet().getExpirationTime();
            return expiresAt != null && now.isBefore(expiresAt.toInstant()) && keys.hasSigned(token, now);
        } catch (ParseException e) {
            return false; // whatever it is, it is none of ours
        }
    }
}
