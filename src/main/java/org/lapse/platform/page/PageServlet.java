package org.lapse.platform.page;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.FailureLog;
import org.lapse.platform.api.Refusals;

/**
 * An endpoint to which browsers navigate: what is wrong is said on a page, whatever the browser says that it accepts. A
 * failure is answered at the same address, so that loading the page again repeats the request, and it is logged once,
 * by us and not by the server too.
 */
public abstract class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private Pages pages;

    @Inject
    private FormGuard guard;

    @Inject
    private FailureLog failures;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            super.service(request, response);
        } catch (RuntimeException e) {
            answer(e, request, response);
        } catch (IOException e) {
            if (!answer(e, request, response)) {
                throw e;
            }
        }
    }

    /**
     * Answers with a page that says what is wrong.
     *
     * @return false where nobody is there to read it
     */
    protected boolean answer(Exception thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ApiException refusal = Refusals.of(thrown);
        boolean isFault = refusal.status() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        if (isFault && thrown instanceof IOException) {
            return false;
        }
        if (isFault && !(thrown instanceof ApiException)) { // what we refuse on purpose is no fault
            failures.failed(request, thrown);
        }
        if (response.isCommitted()) {
            return true;
        }
        response.resetBuffer();
        refusal.headers().forEach(response::setHeader);
        if (thrown instanceof ApiException && !isFault) {
            pages.showError(request, response, refusal.status(), refusal.message());
        } else {
            pages.showRefusal(request, response, refusal.status());
        }
        return true;
    }

    /** What shows pages. */
    protected final Pages pages() {
        return pages;
    }

    /** What tells our forms from those of others. */
    protected final FormGuard guard() {
        return guard;
    }
}
