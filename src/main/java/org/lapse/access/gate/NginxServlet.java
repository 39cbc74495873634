package org.lapse.access.gate;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Where nginx asks: with GET, whatever the method of the call, and with the two headers that its configuration adds.
 *
 * @see <a href="https://nginx.org/en/docs/http/ngx_http_auth_request_module.html">Module ngx_http_auth_request_module</a>
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
