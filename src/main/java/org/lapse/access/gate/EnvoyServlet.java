package org.lapse.access.gate;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Where Envoy asks ({@code ext_authz} over HTTP): by the method of the call, and with its path and query behind ours.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/ext_authz_filter">External
 *     Authorization of Envoy</a>
 */
@WebServlet("/gate/envoy/*")
public class EnvoyServlet extends GateServlet {
    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "/gate/envoy";

    @Override
    OriginalCall callOf(HttpServletRequest request) {
        String uri = request.getRequestURI();
        if (!uri.startsWith(PREFIX)) {
            throw Refusal.unknownCall();
        }
        String path = uri.substring(PREFIX.length());
        String query = request.getQueryString();
        return OriginalCall.of(request.getMethod(), query == null ? path : path + "?" + query);
    }
}
