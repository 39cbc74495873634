package org.lapse.insight.operations;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.lapse.platform.api.StrictJson;

/**
 * {@code /health}, {@code /health/live} and {@code /health/ready}, in the wire format of MicroProfile Health: 200 with
 * status {@code UP}, or 503 with {@code DOWN} and which check failed.
 *
 * @see <a href="https://download.eclipse.org/microprofile/microprofile-health-4.0/">MicroProfile Health 4.0</a>
 */
@WebServlet(urlPatterns = {"/health", "/health/live", "/health/ready"})
public class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Readiness readiness;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Check> checks = new ArrayList<>();
        if (!request.getServletPath().endsWith("/live")) {
            checks.add(Check.of("database", readiness.isDatabaseWorking()));
            checks.add(Check.of("sessions", readiness.areSessionsRestored()));
            checks.add(Check.of("lease", readiness.mayGrantAccess()));
            checks.add(Check.of("timers", readiness.areTimersRunning()));
        }
        Health health = Health.of(checks);
        response.setStatus(health.status().equals(Check.UP) ? 200 : 503);
        response.setContentType("application/json");
        StrictJson.mapper().writeValue(response.getOutputStream(), health);
    }

    /** What the checks say together. */
    private record Health(String status, List<Check> checks) {
        static Health of(List<Check> checks) {
            boolean up = checks.stream().allMatch(check -> check.status().equals(Check.UP));
            return new Health(up ? Check.UP : Check.DOWN, checks);
        }
    }

    /** What one check says. */
    private record Check(String name, String status) {
        static final String UP = "UP";
        static final String DOWN = "DOWN";

        static Check of(String name, boolean up) {
            return new Check(name, up ? UP : DOWN);
        }
    }
}
