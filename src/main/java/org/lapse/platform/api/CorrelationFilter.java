package org.lapse.platform.api;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;

/**
 * Gives every answer a name to speak about it, {@code ININ-Correlation-Id}, and the headers that no answer may lack:
 * nothing is cached unless a static file says otherwise, no type is guessed, nothing is framed, and an https issuer, and
 * what lies below its host, is never reached without TLS (RFC 6797). Notes from where the request came, for those who record what it does. What the gate
 * answers goes from proxy to proxy and has none of this; what only looks as if it were for the gate is refused.
 */
public class CorrelationFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String ATTRIBUTE = "org.lapse.correlation-id";

    @Inject
    private IssuerIdentifier issuer;

    @Inject
    private RemoteAddress remoteAddress;

    @Inject
    private TrustedProxies proxies;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (GateRequest.is(request)) {
            chain.doFilter(request, response);
            return;
        }
        if (GateRequest.isAstray(request)) {
            response.setHeader("Cache-Control", "no-store");
            Refusals.send(request, response, ApiException.authenticationRequired());
            return;
        }
        remoteAddress.learn(proxies.clientOf(request));
        response.setHeader("ININ-Correlation-Id", correlationIdOf(request));
        response.setHeader("Cache-Control", "no-cache, no-store, must-revalidate");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (issuer.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        chain.doFilter(request, response);
    }

    /** The name of the answer to this request; made at the first question. */
    public static String correlationIdOf(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String made = UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, made);
        return made;
    }
}
