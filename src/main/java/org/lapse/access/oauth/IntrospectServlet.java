package org.lapse.access.oauth;

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
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.lapse.platform.api.DatabaseAdmission;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.TokenAudiences;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.ActivityRecorder;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * The introspection endpoint, answered from the ledger. To ask whether a token is active is no activity of its holder.
 * But a resource server that says with {@code method} and {@code uri} for which call it asks, says that the token is
 * used.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662">RFC 7662</a>
 */
@WebServlet("/oauth/introspect")
public class IntrospectServlet extends OAuthServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private IssuerIdentifier issuer;

    @Inject
    private Clients clients;

    @Inject
    private TokenAudiences audiences;

    @Inject
    private Admission admission;

    @Inject
    private DatabaseAdmission places;

    @Inject
    private ActivityRecorder uses;

    @Inject
    private WallClock clock;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ClientMessage message = ClientMessage.read(request);
        Client client = message.sender(id -> clients.find(id, () -> places.enter(request)));
        if (client.application().isPublicClient()) {
            throw OAuthRefusal.invalidClient("Only a client with a secret may ask about tokens.");
        }
        String token = message.token();
        Optional<ApiCall> call = callOf(message.parameters());
        Instant now = clock.now();
        // From where the resource server asks says nothing about where its caller is: that is not held against
        // anything.
        Access access = admission.access(token);
        TokenIntrospectionSuccessResponse answer;
        if (access instanceof Access.Granted granted
                && granted.session().principal().organizationId().equals(client.organizationId())
                && (call.isEmpty() || uses.record(granted.session(), call.get(), false, now))) {
            answer = answer(granted.session(), token);
        } else if (access instanceof Access.Locked locked && mayKnow(client, locked.session())) {
            answer = new TokenIntrospectionSuccessResponse.Builder(false)
                    .parameter("inactive_reason", "locked." + locked.reason().wireName())
                    .build();
        } else {
            answer = new TokenIntrospectionSuccessResponse.Builder(false).build();
        }
        send(response, HttpServletResponse.SC_OK, answer.toJSONObject());
    }

    /**
     * Whether a client may know why a session is not active: its own, or any of its organization where it may see
     * sessions. To others RFC 7662 section 2.2 has nothing said.
     */
    private static boolean mayKnow(Client client, LiveSession<SessionPrincipal> session) {
        SessionPrincipal holder = session.principal();
        return holder.organizationId().equals(client.organizationId())
                && (holder.applicationId().equals(client.id())
                        || client.application().permissions().contains(Permission.DIRECTORY_USER_VIEW.wireName()));
    }

    private TokenIntrospectionSuccessResponse answer(LiveSession<SessionPrincipal> session, String token) {
        SessionPrincipal holder = session.principal();
        TokenIntrospectionSuccessResponse.Builder answer = new TokenIntrospectionSuccessResponse.Builder(true)
                .clientID(new ClientID(holder.applicationId()))
                .username(holder.name())
                .tokenType(AccessTokenType.BEARER)
                .expirationTime(Date.from(session.expiresAt()))
                .subject(new Subject(
                        Optional.ofNullable(holder.userId()).map(UUID::toString).orElse(holder.applicationId())))
                .audience(Audience.create(audiences.of(holder.audience())))
                .issuer(new com.nimbusds.oauth2.sdk.id.Issuer(issuer.value()))
                .parameter("sid", session.id().toString());
        AuthenticationClaims.of(token).forEach(answer::parameter);
        session.inactiveAt().ifPresent(deadline -> answer.parameter("idle_expires_at", deadline.getEpochSecond()));
        return (holder.scope().isEmpty() ? answer : answer.scope(GrantedScope.message(holder.scope()))).build();
    }

    /**
     * The call that the token makes, if that is what the question is about; RFC 7662 section 2.1 leaves room for it.
     */
    private static Optional<ApiCall> callOf(Parameters parameters) {
        Optional<String> method = parameters.get("method");
        Optional<String> uri = parameters.get("uri");
        if (method.isEmpty() && uri.isEmpty()) {
            return Optional.empty();
        }
        if (method.isEmpty() || uri.isEmpty()) {
            throw OAuthRefusal.invalidRequest("A call has a method and a uri.");
        }
        Optional<ApiCall> call = ApiCall.ofTarget(method.get(), uri.get());
        if (call.isEmpty()) {
            throw OAuthRefusal.invalidRequest("The uri is a path or an address.");
        }
        return call;
    }
}
