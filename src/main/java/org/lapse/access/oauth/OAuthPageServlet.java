package org.lapse.access.oauth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.lapse.platform.page.Messages;
import org.lapse.platform.page.PageServlet;

/** An endpoint of OAuth that people see. */
abstract class OAuthPageServlet extends PageServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean answer(Exception thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (thrown instanceof PageRefusal refusal) {
            Locale language = Messages.languageOf(request);
            pages().showError(request, response, HttpServletResponse.SC_BAD_REQUEST, language, refusal.text(language));
            return true;
        }
        if (thrown instanceof OAuthRefusal refusal) {
            pages().showError(
                            request,
                            response,
                            refusal.error().getHTTPStatusCode(),
                            refusal.error().getDescription());
            return true;
        }
        return super.answer(thrown, request, response);
    }

    /** Sends the browser elsewhere with a GET, whatever it came with (RFC 9700 section 4.12). */
    static void redirect(HttpServletRequest request, HttpServletResponse response, String target) {
        response.setStatus(
                "POST".equals(request.getMethod()) ? HttpServletResponse.SC_SEE_OTHER : HttpServletResponse.SC_FOUND);
        response.setHeader("Location", target);
        response.setHeader("Cache-Control", "no-store");
    }
}
