package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.lapse.organizations.directory.EnabledUser;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.BearerToken;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.LockReason;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.ActivityRecorder;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.BackgroundCall;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * The UserInfo endpoint. A call is activity of the token that makes it, unless it says that nobody is
 * behind it or the organization excludes it.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#UserInfo">OpenID Connect Core 1.0, section
 *     5.3</a>
 */
@WebServlet("/oauth/userinfo")
public class UserInfoServlet extends OAuthServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private Admission admission;

    @Inject
    private ActivityRecorder uses;

    @Inject
    private Users users;

    @Inject
    private WallClock clock;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(BearerToken.of(request.getHeader("Authorization")), request, response);
    }

    /**
     * The token is in the header, or in a form.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.2">RFC 6750, section 2.2</a>
     */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> inHeader = BearerToken.of(request.getHeader("Authorization"));
        Optional<String> inForm =
                Parameters.isForm(request) ? Parameters.ofBody(request).once().get("access_token") : Optional.empty();
        if (inHeader.isPresent() && inForm.isPresent()) {
            throw OAuthRefusal.ofToken(
                    400, "invalid_request", "The access token is in the header or in the form, not in both.");
        }
        answer(inHeader.or(() -> inForm), request, response);
    }

    private void answer(Optional<String> token, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        LiveSession<SessionPrincipal> session = active(token, request);
        ApiCall call = new ApiCall(request.getMethod(), request.getServletPath());
        boolean inBackground = BackgroundCall.is(request.getHeader(BackgroundCall.HEADER), call, null);
        if (!uses.record(session, call, inBackground, clock.now())) {
            throw invalidToken("The access token has ended."); // meanwhile
        }
        if (!GrantedScope.holds(session.principal().scope(), GrantedScope.OPENID)) {
            throw OAuthRefusal.ofToken(403, "insufficient_scope", "The token was not given for the scope openid.");
        }
        EnabledUser user = Optional.ofNullable(session.principal().userId())
                .flatMap(id -> users.findEnabled(session.principal().organizationId(), id))
                .orElseThrow(() -> invalidToken("The user is not there any more."));
        send(
                response,
                HttpServletResponse.SC_OK,
                claims(user, session.principal().scope()).toJSONObject());
    }

    private LiveSession<SessionPrincipal> active(Optional<String> token, HttpServletRequest request) {
        Access access = admission.admitHere(
                token.orElseThrow(() -> OAuthRefusal.ofToken(401, null, "No access token was given.")), request);
        if (access instanceof Access.Granted granted) {
            return granted.session();
        }
        if (access instanceof Access.Forbidden forbidden) {
            throw OAuthRefusal.ofToken(403, "access_denied", forbidden.reason());
        }
        throw access instanceof Access.Locked locked
                ? locked(locked.reason())
                : invalidToken(((Access.Refused) access).reason());
    }

    private static UserInfo claims(EnabledUser user, String scope) {
        UserInfo claims = new UserInfo(new Subject(user.id().toString()));
        if (GrantedScope.holds(scope, GrantedScope.PROFILE)) {
            claims.setName(user.name());
            claims.setPreferredUsername(user.username());
        }
        if (GrantedScope.holds(scope, GrantedScope.EMAIL) && user.username().contains("@")) {
            claims.setEmailAddress(user.username());
            claims.setEmailVerified(false); // an administrator gave it, and nobody has sent anything there
        }
        return claims;
    }

    private static OAuthRefusal invalidToken(String description) {
        return OAuthRefusal.ofToken(401, "invalid_token", description);
    }

    private static OAuthRefusal locked(LockReason reason) {
        return OAuthRefusal.ofToken(401, "insufficient_user_authentication", reason.sentence());
    }
}
