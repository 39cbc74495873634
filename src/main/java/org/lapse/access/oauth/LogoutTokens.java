package org.lapse.access.oauth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.lapse.platform.api.IssuerIdentifier;

/**
 * Writes the tokens that tell an application that its user's session has ended.
 *
 * @see <a href="https://openid.net/specs/openid-connect-backchannel-1_0.html#LogoutToken">OpenID Connect Back-Channel
 *     Logout 1.0, section 2.4</a>
 */
@Singleton
public class LogoutTokens {
    private static final JOSEObjectType TYPE = new JOSEObjectType("logout+jwt");
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration LIFE = Duration.ofMinutes(2);

    private final SigningKeys keys;
    private final IssuerIdentifier issuer;

    @Inject
    LogoutTokens(SigningKeys keys, IssuerIdentifier issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /**
     * A token that is good for two minutes, signed by the key of this moment.
     *
     * @param id the {@code jti}, the same for each repetition
     * @param sessionId the session that has ended: without it the token would end all of the user's, later ones too
     */
    public String write(UUID id, String clientId, UUID userId, UUID sessionId, Instant now) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer.value())
                .audience(clientId)
                .subject(userId.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .jwtID(id.toString())
                .claim("sid", sessionId.toString())
                .claim("events", Map.of(EVENT, Map.of()))
                .build();
        return keys.sign(TYPE, claims, now);
    }
}
