package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.Tokens;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import net.minidev.json.JSONObject;
import org.lapse.platform.api.TokenAudiences;

/**
 * The token endpoint.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.2">RFC 6749, section 3.2</a>
 */
@WebServlet("/oauth/token")
public class TokenServlet extends OAuthServlet {
    private static final long serialVersionUID = 1L;
    private static final Set<String> GRANTS = Set.of(
            GrantType.AUTHORIZATION_CODE.getValue(),
            GrantType.CLIENT_CREDENTIALS.getValue(),
            GrantType.REFRESH_TOKEN.getValue());

    @Inject
    private TokenAudiences audiences;

    @Inject
    private Clients clients;

    @Inject
    private TokenGrants grants;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ClientMessage message = ClientMessage.read(request);
        String grantType = message.parameters()
                .get("grant_type")
                .orElseThrow(() -> OAuthRefusal.invalidRequest("The grant_type is missing."));
        if (!GRANTS.contains(grantType)) {
            throw OAuthRefusal.of(
                    OAuth2Error.UNSUPPORTED_GRANT_TYPE,
                    "The grant types are authorization_code, client_credentials and refresh_token.");
        }
        Client client = message.sender(clients::find);
        JSONObject body = tokensFor(message, client).toJSONObject();
        body.put("token_type", "bearer"); // as the vendor spells it; RFC 6749 section 5.1 takes it in any case
        send(response, HttpServletResponse.SC_OK, body);
    }

    private Tokens tokensFor(ClientMessage message, Client client) {
        AuthorizationGrant grant = grantOf(message);
        String audience = RequestedAudience.of(message.parameters(), audiences);
        if (grant instanceof AuthorizationCodeGrant code) {
            return grants.redeem(client, code, audience);
        }
        if (grant instanceof RefreshTokenGrant refresh) {
            return grants.refresh(client, refresh, message.parameters().get("scope"), audience);
        }
        if (client.application().isPublicClient()) {
            throw OAuthRefusal.invalidClient("Only a client with a secret acts on its own."); // RFC 6749 section 4.4
        }
        return grants.giveToApplication(client, message.parameters().get("scope"), audience);
    }

    private static AuthorizationGrant grantOf(ClientMessage message) {
        try {
            return AuthorizationGrant.parse(message.parameters().asMap());
        } catch (ParseException e) {
            throw OAuthRefusal.of(e);
        } catch (IllegalArgumentException e) {
            throw OAuthRefusal.invalidRequest("The request is malformed.");
        }
    }
}
