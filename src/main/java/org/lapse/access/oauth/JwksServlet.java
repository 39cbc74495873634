package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.lapse.platform.api.DatabaseAdmission;
import org.lapse.platform.clock.WallClock;

/**
 * The public keys for those who verify our tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, section 5</a>
 */
@WebServlet("/oauth/jwks")
public class JwksServlet extends OAuthServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private SigningKeys keys;

    @Inject
    private DatabaseAdmission database;

    @Inject
    private WallClock clock;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        sendPublic(
                response,
                keys.published(clock.now(), () -> database.enter(request)).toJSONObject(true));
    }
}
