package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.claims.ClaimType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.lapse.organizations.authenticator.AssuranceLevel;
import org.lapse.platform.api.IssuerIdentifier;

/**
 * What this server can do, for clients that set themselves up.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery 1.0</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414</a>
 */
@WebServlet({"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"})
public class MetadataServlet extends OAuthServlet {
    private static final long serialVersionUID = 1L;
    private static final List<ClientAuthenticationMethod> WITH_SECRET =
            List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST);
    private static final List<ClientAuthenticationMethod> WITH_OR_WITHOUT_SECRET = List.of(
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
            ClientAuthenticationMethod.CLIENT_SECRET_POST,
            ClientAuthenticationMethod.NONE);

    @Inject
    private IssuerIdentifier issuer;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        sendPublic(response, metadata().toJSONObject());
    }

    private OIDCProviderMetadata metadata() {
        OIDCProviderMetadata metadata = new OIDCProviderMetadata(
                new com.nimbusds.oauth2.sdk.id.Issuer(issuer.value()),
                List.of(SubjectType.PUBLIC),
                issuer.endpoint("/oauth/jwks"));
        metadata.setAuthorizationEndpointURI(issuer.endpoint("/oauth/authorize"));
        metadata.setTokenEndpointURI(issuer.endpoint("/oauth/token"));
        metadata.setIntrospectionEndpointURI(issuer.endpoint("/oauth/introspect"));
        metadata.setRevocationEndpointURI(issuer.endpoint("/oauth/revoke"));
        metadata.setUserInfoEndpointURI(issuer.endpoint("/oauth/userinfo"));
        metadata.setEndSessionEndpointURI(issuer.endpoint("/logout"));
        metadata.setScopes(new Scope(GrantedScope.KNOWN.toArray(String[]::new)));
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.setResponseModes(AuthorizationAnswers.MODES);
        metadata.setGrantTypes(
                List.of(GrantType.AUTHORIZATION_CODE, GrantType.CLIENT_CREDENTIALS, GrantType.REFRESH_TOKEN));
        metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
        metadata.setTokenEndpointAuthMethods(WITH_OR_WITHOUT_SECRET);
        metadata.setRevocationEndpointAuthMethods(WITH_OR_WITHOUT_SECRET);
        metadata.setIntrospectionEndpointAuthMethods(WITH_SECRET);
        metadata.setIDTokenJWSAlgs(List.of(SigningKeys.ALGORITHM));
        metadata.setPromptTypes(
                List.of(Prompt.Type.LOGIN, Prompt.Type.NONE, Prompt.Type.CONSENT, Prompt.Type.SELECT_ACCOUNT));
        metadata.setClaimTypes(List.of(ClaimType.NORMAL));
        metadata.setClaims(List.of(
                "sub",
                "name",
                "preferred_username",
                "email",
                "email_verified",
                "auth_time",
                "acr",
                "amr",
                "nonce",
                "sid"));
        metadata.setACRs(AssuranceLevel.wireNames().stream().map(ACR::new).toList());
        metadata.setSupportsBackChannelLogout(true);
        metadata.setSupportsBackChannelLogoutSession(true);
        metadata.setSupportsAuthorizationResponseIssuerParam(true);
        metadata.setSupportsRequestParam(false);
        metadata.setSupportsRequestURIParam(false);
        return metadata;
    }
}
