package org.lapse.access.oauth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.Claims;
import org.lapse.access.signin.Authentication;
import org.lapse.organizations.directory.EnabledUser;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.api.PermissionScopes;
import org.lapse.platform.api.TokenAudiences;
import org.lapse.platform.page.Unguessable;
import org.lapse.sessions.ledger.TokenDigest;

/**
 * Writes access tokens: signed JWTs that other services can verify with our keys, and that MicroProfile JWT
 * understands.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068, JWT Profile for OAuth 2.0 Access Tokens</a>
 */
@Singleton
class AccessTokens {
    /** Where MicroProfile JWT finds the names of roles. */
    private static final String ROLES = Claims.groups.name();

    /** Where the names of the user's groups are, which nobody takes for roles. */
    private static final String GROUPS = "user_groups";

    private final SigningKeys keys;
    private final IssuerIdentifier issuer;
    private final JOSEObjectType type;
    private final TokenAudiences audiences;

    @Inject
    AccessTokens(
            SigningKeys keys,
            IssuerIdentifier issuer,
            TokenAudiences audiences,
            @ConfigProperty(name = "lapse.access-token.type", defaultValue = "JWT") String type) {
        if (!type.equals("JWT") && !type.equals("at+jwt")) {
            throw new IllegalArgumentException("lapse.access-token.type is JWT or at+jwt, not " + type);
        }
        this.keys = keys;
        this.issuer = issuer;
        this.type = new JOSEObjectType(type);
        this.audiences = audiences;
    }

    /**
     * A token for a user.
     *
     * @param audience the APIs for which it is, space-separated; empty for our own
     * @param sessionId the {@code sid}
     * @param authentication when and how the user has proved who they are
     * @param id the {@code jti}
     * @param notAfter when its life is over at the latest, whatever its validity
     */
    JwtAccessToken forUser(
            Client client,
            EnabledUser user,
            String scope,
            String audience,
            UUID sessionId,
            Authentication authentication,
            String id,
            Instant now,
            Instant notAfter) {
        Instant valid = now.plus(client.application().tokenValidity());
        Instant expiresAt = valid.isBefore(notAfter) ? valid : notAfter;
        List<String> roles = roles(user.roles(), scope);
        JWTClaimsSet.Builder claims = claims(
                        client, user.id().toString(), roles, audience, sessionId, id, now, expiresAt)
                .claim("auth_time", authentication.completeAt().getEpochSecond())
                .claim("acr", authentication.methods().acr())
                .claim("amr", authentication.methods().amr())
                .claim("upn", user.username())
                .claim(GROUPS, user.groupNames().stream().sorted().toList());
        return sign(scope.isEmpty() ? claims : claims.claim("scope", scope), now, expiresAt);
    }

    /**
     * The names of the roles that a token names, in order: those of which its scope leaves nothing out. Services that
     * let a role do things take the token for all of it.
     */
    private static List<String> roles(Map<String, Set<String>> held, String scope) {
        return held.entrySet().stream()
                .filter(role -> PermissionScopes.within(scope, role.getValue()).containsAll(role.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** A token for an application on its own. */
    JwtAccessToken forApplication(Client client, String scope, String audience, UUID sessionId, Instant now) {
        Instant expiresAt = now.plus(client.application().tokenValidity());
        return sign(
                claims(
                                client,
                                client.id(),
                                roles(client.application().roles(), scope),
                                audience,
                                sessionId,
                                Unguessable.next(),
                                now,
                                expiresAt)
                        .claim("scope", scope),
                now,
                expiresAt);
    }

    private JWTClaimsSet.Builder claims(
            Client client,
            String subject,
            List<String> roles,
            String audience,
            UUID sessionId,
            String id,
            Instant now,
            Instant expiresAt) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer.value())
                .subject(subject)
                .audience(audiences.of(audience))
                .expirationTime(Date.from(expiresAt))
                .issueTime(Date.from(now))
                .jwtID(id)
                .claim("client_id", client.id())
                .claim("sid", sessionId.toString())
                .claim(ROLES, roles);
    }

    private JwtAccessToken sign(JWTClaimsSet.Builder claims, Instant now, Instant expiresAt) {
        return new JwtAccessToken(keys.sign(type, claims.build(), now), expiresAt);
    }

    /** An access token, which must not be written anywhere, and when its life is over. */
    record JwtAccessToken(String value, Instant expiresAt) {
        TokenDigest digest() {
            return TokenDigest.of(value);
        }

        @Override
        public String toString() {
            return "JwtAccessToken[hidden]";
        }
    }
}
