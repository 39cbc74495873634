package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The revocation endpoint: a client gives a token of its own back, access or refresh, and the session ends with all
 * that belongs to it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009</a>
 */
@WebServlet("/oauth/revoke")
public class RevokeServlet extends OAuthServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private Clients clients;

    @Inject
    private Revocation revocation;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ClientMessage message = ClientMessage.read(request);
        Client client = message.sender(clients::find);
        revocation.revoke(client, message.token());
        // RFC 7009 section 2.2: a token that is unknown is as good as revoked.
        response.setStatus(HttpServletResponse.SC_OK);
        response.setHeader("Cache-Control", "no-store");
    }
}
