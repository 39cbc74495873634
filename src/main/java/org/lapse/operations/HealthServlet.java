package org.lapse.operations;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.lapse.api.StrictJson;
import org.lapse.session.SessionRestoration;

/**
 * {@code /health}, {@code /health/live} and {@code /health/ready}, in the wire format of MicroProfile Health: 200 with
 * status {@code UP}, or 503 with {@code DOWN} and which check failed.
 *
 * @see <a href="https://download.eclipse.org/microprofile/microprofile-health-4.0/">MicroProfile Health 4.0</a>
 */
@WebServlet(urlPatterns = {"/health", "/health/live", "/health/ready"})
public class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(HealthServlet.class.getName());
    private static final int DATABASE_PATIENCE_SECONDS = 2;

    @Resource(name = "jdbc/lapse")
    private transient DataSource database;

    @Inject
    private transient SessionRestoration restoration;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Check> checks = new ArrayList<>();
        if (!request.getServletPath().endsWith("/live")) {
            checks.add(Check.of("database", isDatabaseReachable()));
            checks.add(Check.of("sessions", restoration.isComplete()));
        }
        Health health = Health.of(checks);
        response.setStatus(health.status().equals(Check.UP) ? 200 : 503);
        response.setContentType("application/json");
        StrictJson.mapper().writeValue(response.getOutputStream(), health);
    }

    private boolean isDatabaseReachable() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(DATABASE_PATIENCE_SECONDS);
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "The database is out of reach", e);
            return false;
        }
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
