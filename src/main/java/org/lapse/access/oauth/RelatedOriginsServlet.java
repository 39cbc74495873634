package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.lapse.organizations.authenticator.RelyingParty;

/**
 * Which pages may use the passkeys of this server, for browsers that are asked to by a page of another site.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#sctn-related-origins">WebAuthn Level 3, section 5.11</a>
 */
@WebServlet("/.well-known/webauthn")
public class RelatedOriginsServlet extends OAuthServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private RelyingParty relyingParty;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        sendPublic(response, Map.of("origins", relyingParty.origins()));
    }
}
