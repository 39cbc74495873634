package org.lapse.access.oauth;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.Tokens;
import java.net.URI;
import java.text.ParseException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.SignIn;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.organizations.application.ClientSecret;
import org.lapse.organizations.authenticator.AssuranceLevel;

/** What a client asks of the token endpoint, and what it is given, without HTTP. */
public final class TokenRequests {
    private static final CodeVerifier VERIFIER = new CodeVerifier();

    private final LapseInJavaSE lapse;
    private final AuthorizationCodes codes;
    private final TokenGrants grants;
    private final Client client;
    private final String redirectUri;

    private TokenRequests(LapseInJavaSE lapse, Client client) {
        this.lapse = lapse;
        this.codes = lapse.get(AuthorizationCodes.class);
        this.grants = lapse.get(TokenGrants.class);
        this.client = client;
        this.redirectUri = client.redirectUris().iterator().next();
    }

    /** The requests of a public client, which was found active. */
    public static TokenRequests of(LapseInJavaSE lapse, String clientId) {
        return new TokenRequests(lapse, lapse.get(Clients.class).find(clientId).orElseThrow());
    }

    /** The demonstration's application on its own, which has given its secret. */
    static Client demoService(LapseInJavaSE lapse) {
        return lapse.get(Clients.class).find("demo-service").orElseThrow().giving(new ClientSecret("demo-secret"));
    }

    /** A code for the user of a sign-in. */
    public String code(SignIn signIn) {
        String challenge =
                CodeChallenge.compute(CodeChallengeMethod.S256, VERIFIER).getValue();
        AuthorizationCall call = new AuthorizationCall(
                client,
                redirectUri,
                null,
                "",
                "",
                null,
                challenge,
                Optional.empty(),
                AssuranceLevel.AAL1,
                false,
                false,
                false,
                Optional.empty());
        return codes.issue(call, signIn, lapse.clock().now());
    }

    /** Redeems a code. */
    public Given redeem(String code) {
        return Given.of(grants.redeem(
                client,
                new AuthorizationCodeGrant(
                        new com.nimbusds.oauth2.sdk.AuthorizationCode(code), URI.create(redirectUri), VERIFIER),
                ""));
    }

    /** Gives a refresh token for the next tokens. */
    public Given refresh(String refreshToken) {
        return Given.of(grants.refresh(
                client,
                new RefreshTokenGrant(new com.nimbusds.oauth2.sdk.token.RefreshToken(refreshToken)),
                Optional.empty(),
                ""));
    }

    /** Whether something was refused in the words of OAuth, and not for a fault of ours. */
    public static boolean isRefusal(Throwable thrown) {
        return thrown instanceof OAuthRefusal refusal && refusal.error().getHTTPStatusCode() < 500;
    }

    /**
     * What the token endpoint gives.
     *
     * @param refreshToken null while an inactivity timeout applies
     */
    public record Given(
            UUID sessionId, String accessToken, @Nullable String refreshToken) {
        private static Given of(Tokens tokens) {
            String access = tokens.getAccessToken().getValue();
            com.nimbusds.oauth2.sdk.token.RefreshToken refresh = tokens.getRefreshToken();
            try {
                String session = SignedJWT.parse(access).getJWTClaimsSet().getStringClaim("sid");
                return new Given(UUID.fromString(session), access, refresh == null ? null : refresh.getValue());
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
