package org.lapse.access.gax;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.lapse.platform.api.StrictJson;

/** {@code /gax/api/session}: logging in and out. */
@WebServlet({SessionServlet.LOGIN, "/gax/api/session/logout"})
public class SessionServlet extends GaxServlet {
    static final String LOGIN = "/gax/api/session/login";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals(LOGIN)) {
            sessions().open(StrictJson.read(request, Login.class), request, response);
        } else {
            sessions().logOut(request, response);
        }
        send(response, HttpServletResponse.SC_OK, Map.of());
    }
}
