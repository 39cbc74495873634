package org.lapse.platform.page;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.CorrelationFilter;
import org.lapse.platform.api.GateRequest;
import org.lapse.platform.api.Refusals;
import org.lapse.platform.api.StrictJson;

/**
 * Refuses a request whose address holds a password or another secret, before anything reads it: addresses stand in the
 * logs of proxies and in histories. So a client that sends one that way is found when it is written, and not by a
 * reader of the logs. The gate's requests may hold the query of somebody else's service, and are let pass.
 *
 * @see <a href="https://owasp.org/www-project-application-security-verification-standard/">OWASP ASVS 5.0, 14.2.1</a>
 */
public class SecretsInQueryFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(SecretsInQueryFilter.class.getName());

    /** Below it programs read errors as RFC 6749 has them. */
    private static final String OAUTH = "/oauth/";

    @SuppressWarnings("NullAway.Init") // injected by its method
    private transient Pages pages;

    @Inject
    void showOn(Pages given) {
        pages = given;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String query = request.getQueryString();
        if (query == null || GateRequest.is(request) || !SecretNames.isIn(pathOf(request), query)) {
            chain.doFilter(request, response);
            return;
        }
        LOG.log(
                Level.INFO,
                "Request {0}: refused, because there is a secret in its query",
                CorrelationFilter.correlationIdOf(request));
        refuse(request, response);
    }

    /** The path as the server reads it, however it is written in the address. */
    private static String pathOf(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getServletPath(), "")
                + Objects.requireNonNullElse(request.getPathInfo(), "");
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String accepted = request.getHeader("Accept");
        String reason = Messages.text("query.secret");
        if (accepted != null && accepted.toLowerCase(Locale.ROOT).contains("text/html")) {
            Locale language = Messages.languageOf(request);
            pages.showError(
                    request,
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    language,
                    Messages.text(language, "query.secret"));
        } else if (pathOf(request).startsWith(OAUTH)) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            response.setContentType("application/json");
            StrictJson.mapper()
                    .writeValue(
                            response.getOutputStream(),
                            Map.of("error", "invalid_request", "error_description", reason, "description", reason));
        } else {
            Refusals.send(request, response, ApiException.badRequest(reason));
        }
    }
}
