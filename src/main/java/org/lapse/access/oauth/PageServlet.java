package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.lapse.platform.api.BodyTooLargeException;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.Messages;
import org.lapse.platform.page.Pages;

/** An endpoint that people see: what is wrong is said on a page. */
abstract class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private Pages pages;

    @Inject
    private FormGuard guard;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            super.service(request, response);
        } catch (OAuthRefusal refusal) {
            pages.showError(
                    request,
                    response,
                    refusal.error().getHTTPStatusCode(),
                    refusal.error().getDescription());
        } catch (BodyTooLargeException e) {
            pages.showError(request, response, 413, Messages.text("error.refused"));
        }
    }

    Pages pages() {
        return pages;
    }

    FormGuard guard() {
        return guard;
    }

    /** Sends the browser elsewhere with a GET, whatever it came with (RFC 9700 section 4.12). */
    static void redirect(HttpServletRequest request, HttpServletResponse response, String target) {
        response.setStatus(
                "POST".equals(request.getMethod()) ? HttpServletResponse.SC_SEE_OTHER : HttpServletResponse.SC_FOUND);
        response.setHeader("Location", target);
        response.setHeader("Cache-Control", "no-store");
    }
}
