package org.lapse.access.gate;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Where Caddy ({@code forward_auth}) and Traefik (ForwardAuth) ask: with headers that both write over what the client
 * sent under these names.
 *
 * @see <a href="https://caddyserver.com/docs/caddyfile/directives/forward_auth">forward_auth of Caddy</a>
 * @see <a href="https://doc.traefik.io/traefik/middlewares/http/forwardauth/">ForwardAuth of Traefik</a>
 */
@WebServlet("/gate/forward")
public class ForwardServlet extends GateServlet {
    private static final long serialVersionUID = 1L;

    @Override
    OriginalCall callOf(HttpServletRequest request) {
        if (!request.getRequestURI().equals("/gate/forward")) {
            throw Refusal.unknownCall();
        }
        return OriginalCall.of(
                OriginalCall.header(request, "X-Forwarded-Method"), OriginalCall.header(request, "X-Forwarded-Uri"));
    }
}
