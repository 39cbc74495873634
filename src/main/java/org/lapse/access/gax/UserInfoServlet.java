package org.lapse.access.gax;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.lapse.platform.api.Permission;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.sessions.session.InactivityTimeouts;
import org.lapse.sessions.session.SessionPrincipal;

/** {@code /gax/api/user/info}: who has logged in. */
@WebServlet("/gax/api/user/info")
public class UserInfoServlet extends GaxServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private InactivityTimeouts timeouts;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SessionPrincipal grant = enter(request).principal();
        recordUse();
        Duration timeout = timeouts.decisionFor(grant)
                .timeout()
                .map(InactivityTimeout::duration)
                .orElse(Duration.ZERO);
        boolean mayWrite = grant.permissions().contains(Permission.OAUTH_CLIENT_EDIT.wireName());
        send(
                response,
                HttpServletResponse.SC_OK,
                new UserInfo(grant.name(), "CfgPerson", timeout.toSeconds(), false, mayWrite));
    }

    /**
     * Who has logged in.
     *
     * @param username the name for signing in
     * @param userType {@code CfgPerson}, the Framework's type of users
     * @param sessionTimeout the inactivity timeout of this session in seconds; 0 for none
     * @param isDefaultUser {@code false}: there is no user that the installation brings
     * @param writeDefault whether the user may change applications
     */
    record UserInfo(
            String username, String userType, long sessionTimeout, boolean isDefaultUser, boolean writeDefault) {}
}
