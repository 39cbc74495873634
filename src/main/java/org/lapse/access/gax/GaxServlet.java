package org.lapse.access.gax;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.lapse.platform.api.ApiError;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.FailureLog;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.Refusals;
import org.lapse.platform.api.StrictJson;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.ActivityRecorder;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * An endpoint of {@code /gax/api}. It knows the caller by the cookie, refuses with the body {@link ApiError}, and takes
 * no change that a form on a foreign page could send.
 */
abstract class GaxServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** What a page can send without being asked first; for DELETE browsers ask, and we do not answer them. */
    private static final Set<String> GUARDED = Set.of("POST", "PUT");

    @Inject
    private CookieSessions sessions;

    @Inject
    private CurrentSession current;

    @Inject
    private ActivityRecorder uses;

    @Inject
    private WallClock clock;

    @Inject
    private FailureLog failures;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            if (GUARDED.contains(request.getMethod()) && !isFromAProgram(request)) {
                throw ApiException.notJson(
                        "Changes are sent as application/json, or with the header X-Requested-With.");
            }
            super.service(request, response);
        } catch (IOException | RuntimeException e) {
            ApiException refusal = Refusals.of(e);
            if (refusal.status() >= 500 && !(e instanceof ApiException)) { // what we refuse on purpose is no fault
                failures.failed(request, e);
            }
            Refusals.send(request, response, refusal);
        }
    }

    private static boolean isFromAProgram(HttpServletRequest request) {
        return StrictJson.isBodyOf(request) || request.getHeader("X-Requested-With") != null;
    }

    CookieSessions sessions() {
        return sessions;
    }

    /**
     * The session whose call this is.
     *
     * @throws ApiException 401 where there is no active session
     */
    LiveSession<SessionPrincipal> enter(HttpServletRequest request) {
        LiveSession<SessionPrincipal> session = sessions.of(request);
        current.identify(session, new ApiCall(request.getMethod(), request.getRequestURI()), true);
        return session;
    }

    /**
     * The caller, who has that permission.
     *
     * @throws ApiException 401 where there is no active session, 403 where the permission is missing
     */
    Caller enter(HttpServletRequest request, Permission needed) {
        Caller caller = enter(request).principal().caller("");
        caller.require(needed);
        return caller;
    }

    /** Records the call as activity: its address exists, and its body could be read. */
    void recordUse() {
        uses.reset(current.get(), current.call(), clock.now());
    }

    static void send(HttpServletResponse response, int status, Object body) throws IOException {
        byte[] bytes = StrictJson.mapper().writeValueAsBytes(body);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
