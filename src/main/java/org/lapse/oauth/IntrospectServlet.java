package org.lapse.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.lapse.clock.WallClock;
import org.lapse.ledger.LiveSession;
import org.lapse.ledger.Standing;
import org.lapse.page.Issuer;
import org.lapse.session.Grant;
import org.lapse.session.Sessions;

/**
 * The introspection endpoint, answered from the ledger. To ask whether a token is active is no activity of its holder.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662">RFC 7662</a>
 */
@WebServlet("/oauth/introspect")
public class IntrospectServlet extends OAuthServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private Issuer issuer;

    @Inject
    private RecentClients clients;

    @Inject
    private AccessTokens accessTokens;

    @Inject
    private Sessions sessions;

    @Inject
    private WallClock clock;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ClientMessage message = ClientMessage.read(request, issuer);
        Client client = message.sender(clients::find);
        if (client.application().isPublicClient()) {
            throw OAuthRefusal.invalidClient("Only a client with a secret may ask about tokens.");
        }
        String token = tokenOf(message);
        TokenIntrospectionSuccessResponse answer = sessions.find(token)
                .filter(session -> session.holder().organizationId().equals(client.organizationId()))
                .filter(session -> session.standing(clock.now()) == Standing.ACTIVE)
                .map(this::active)
                .orElseGet(() -> new TokenIntrospectionSuccessResponse.Builder(false).build());
        send(response, HttpServletResponse.SC_OK, answer.toJSONObject());
    }

    private TokenIntrospectionSuccessResponse active(LiveSession<Grant> session) {
        Grant holder = session.holder();
        TokenIntrospectionSuccessResponse.Builder answer = new TokenIntrospectionSuccessResponse.Builder(true)
                .clientID(new ClientID(holder.applicationId()))
                .username(holder.name())
                .tokenType(AccessTokenType.BEARER)
                .expirationTime(Date.from(session.expiresAt()))
                .subject(new Subject(
                        Optional.ofNullable(holder.userId()).map(UUID::toString).orElse(holder.applicationId())))
                .audience(List.of(new Audience(accessTokens.audience())))
                .issuer(new com.nimbusds.oauth2.sdk.id.Issuer(issuer.value()))
                .parameter("sid", session.id().toString());
        return (holder.scope().isEmpty() ? answer : answer.scope(GrantedScope.message(holder.scope()))).build();
    }

    private static String tokenOf(ClientMessage message) {
        try {
            return TokenIntrospectionRequest.parse(message.http()).getToken().getValue();
        } catch (ParseException e) {
            throw OAuthRefusal.of(e);
        } catch (IllegalArgumentException e) {
            throw OAuthRefusal.invalidRequest("The request is malformed.");
        }
    }
}
