package org.lapse.access.gate;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Where nginx, HAProxy, Apache httpd and Envoy ask: with the two headers that their configurations write over whatever
 * the client sent under these names. The method of the question itself says nothing.
 *
 * @see <a href="https://nginx.org/en/docs/http/ngx_http_auth_request_module.html">Module
 *     ngx_http_auth_request_module</a>
 */
@WebServlet("/gate/nginx")
public class NginxServlet extends GateServlet {
    private static final long serialVersionUID = 1L;

    @Override
    OriginalCall callOf(HttpServletRequest request) {
        if (!request.getRequestURI().equals("/gate/nginx")) {
            throw Refusal.unknownCall();
        }
        return OriginalCall.of(
                OriginalCall.header(request, "X-Original-Method"), OriginalCall.header(request, "X-Original-URI"));
    }
}
