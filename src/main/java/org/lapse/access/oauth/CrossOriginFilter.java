package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.lapse.organizations.application.BrowserOrigins;

/**
 * Lets scripts call us from the origins of registered applications, and from nowhere else. They call with their tokens:
 * cookies are never taken from another origin, and the page for signing in is not for scripts. What is published for
 * all, the metadata and the keys, may be read from every origin, because a client reads it before it is registered.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
public class CrossOriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String AUTHORIZE = "/oauth/authorize";
    private static final Set<String> PUBLISHED =
            Set.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/oauth/jwks");
    private static final String METHODS_OF_PUBLISHED = "GET, HEAD";
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String EXPOSED = "ETag, ININ-Correlation-Id, WWW-Authenticate, Retry-After";
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9-]+(\\s*,\\s*[A-Za-z0-9-]+)*");
    private static final int LONGEST_HEADER_NAMES = 1000;

    @Inject
    private BrowserOrigins origins;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getRequestURI().endsWith(AUTHORIZE)) {
            chain.doFilter(request, response);
            return;
        }
        if (PUBLISHED.contains(request.getServletPath())) {
            response.setHeader("Access-Control-Allow-Origin", "*"); // browsers then send and take no cookies
            answer(METHODS_OF_PUBLISHED, request, response, chain);
            return;
        }
        response.addHeader("Vary", "Origin");
        String origin = request.getHeader("Origin");
        if (origin == null || !origins.contains(origin)) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Access-Control-Allow-Origin", origin);
        answer(METHODS, request, response, chain);
    }

    private static void answer(
            String methods, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if ("OPTIONS".equals(request.getMethod()) && request.getHeader("Access-Control-Request-Method") != null) {
            answerPreflight(methods, request, response);
        } else {
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
            chain.doFilter(request, response);
        }
    }

    private static void answerPreflight(String methods, HttpServletRequest request, HttpServletResponse response) {
        String headers = request.getHeader("Access-Control-Request-Headers");
        if (headers != null
                && headers.length() <= LONGEST_HEADER_NAMES
                && HEADER_NAMES.matcher(headers).matches()) {
            response.setHeader("Access-Control-Allow-Headers", headers);
        }
        response.setHeader("Access-Control-Allow-Methods", methods);
        response.setHeader("Access-Control-Max-Age", "600");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
