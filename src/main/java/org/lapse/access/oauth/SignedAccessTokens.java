package org.lapse.access.oauth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.lapse.sessions.session.IssuedTokens;

/** Recognizes access tokens by our signature, as a resource server would that knows our keys (RFC 9068 section 4). */
@Singleton
class SignedAccessTokens implements IssuedTokens {
    /** All that an access token of ours may be: those of other types, such as logout tokens, are for others. */
    private static final Set<JOSEObjectType> TYPES = Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

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
            JOSEObjectType type = token.getHeader().getType();
            return type != null
                    && TYPES.contains(type)
                    && expiresAt != null
                    && now.isBefore(expiresAt.toInstant())
                    && keys.hasSigned(token, now);
        } catch (ParseException e) {
            return false; // whatever it is, it is none of ours
        }
    }
}
