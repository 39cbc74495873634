package org.lapse.platform.api;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Takes a place for each request that needs the database ({@link DatabaseAdmission}), or answers 503 in the words of
 * anybody who asks. It is mapped to all that may need the database; below {@code /api} {@link
 * DatabaseAdmissionOfResources} takes the place, when it is known who calls. What is not mapped and the keys are never
 * held up, nor is introspection by a client that is in memory; another one takes a place to be read.
 */
public class DatabaseAdmissionFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String RESOURCES = "/" + LapseApi.ROOT;
    private static final Set<String> FREE = Set.of("/oauth/introspect", "/oauth/jwks");
    private static final Set<String> PAGES =
            Set.of("/oauth/authorize", "/logout", "/relogin", "/account/", "/password/");

    @Inject
    private DatabaseAdmission admission;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        admission.offer(request);
        try {
            if (!isFree(request.getServletPath())) {
                admission.enter(request);
            }
        } catch (ApiException refusal) {
            admission.leave(request);
            refuse(request, response, refusal);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            admission.leave(request);
        }
    }

    private static boolean isFree(String path) {
        return path.equals(RESOURCES) || path.startsWith(RESOURCES + "/") || FREE.contains(path);
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, ApiException refusal)
            throws IOException, ServletException {
        String path = request.getServletPath();
        if (PAGES.contains(path)) {
            refusal.headers().forEach(response::setHeader);
            request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, refusal.status());
            request.getRequestDispatcher("/error-page").forward(request, response);
        } else if (path.startsWith("/oauth/")) {
            refusal.headers().forEach(response::setHeader);
            response.setHeader("Cache-Control", "no-store");
            response.setStatus(refusal.status());
            response.setContentType("application/json");
            StrictJson.mapper().writeValue(response.getOutputStream(), oauthErrorOf(refusal));
        } else {
            Refusals.send(request, response, refusal);
        }
    }

    /** As RFC 6749 section 5.2 has it, and {@code description}, where the vendor's SDKs look. */
    private static Map<String, String> oauthErrorOf(ApiException refusal) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("error", "temporarily_unavailable");
        error.put("error_description", refusal.message());
        error.put("description", refusal.message());
        return error;
    }
}
