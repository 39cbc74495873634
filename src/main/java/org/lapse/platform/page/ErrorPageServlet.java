package org.lapse.platform.page;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.lapse.platform.api.DatabaseOutage;
import org.lapse.platform.api.FailureLog;
import org.lapse.platform.api.Refusals;

/** Answers where the server itself refuses or fails: a page for people, the error body of the API for programs. */
@WebServlet("/error-page")
public class ErrorPageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private Pages pages;

    @Inject
    private FailureLog failures;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer chosen
                ? chosen
                : HttpServletResponse.SC_NOT_FOUND;
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable fault) {
            int meant = Refusals.of(fault).status();
            if (meant < 500) { // its client's fault, such as a body that stays away
                status = meant;
            } else {
                failures.failed(request, fault);
                if (DatabaseOutage.isBehind(fault)) {
                    status = HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                }
            }
        }
        String accepted = request.getHeader("Accept");
        if (accepted != null && accepted.toLowerCase(Locale.ROOT).contains("text/html")) {
            pages.showRefusal(request, response, status);
        } else {
            Refusals.send(request, response, Refusals.ofStatus(status));
        }
    }
}
